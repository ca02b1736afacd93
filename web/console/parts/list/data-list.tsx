import './list.css';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useListState } from '../list-state';
import { Empty, Failed, Waiting } from '../states';
import { ColumnChooser, useColumns } from './column-chooser';
import { CsvButton } from './csv-button';
import { fitColumns } from './fit';
import { SavedFilters } from './saved-filters';
import { setSort, sortOf } from './sort';
import { SortSelect } from './sort-select';
import { ListTable } from './table';
import { Toolbar } from './toolbar';
import type { DataListProps, Listed } from './types';
import { useRows } from './use-rows';

/** Width below which filters are folded away, and actions have a line of their own, in pixels. */
const NARROW = 600;

/** List of records: searched, filtered, sorted and read page by page by the gateway. Its state is in the address. */
export function DataList<Data, Variables, Row extends Listed>(props: DataListProps<Data, Variables, Row>) {
  const { name, label, columns: all, filters, empty } = props;
  const { t } = useTranslation();
  const list = useListState();
  const { sorting, variable } = sortOf(list, all);
  const { rows, total, more, failed, loaded, error, ...reading } = useRows({ ...props, sort: variable });
  const { columns, choose, reset } = useColumns(name, all);
  const { ref, width } = useElementSize();
  const [actionsWidth, setActionsWidth] = useState(0);
  const stacked = width < NARROW;
  const { beside, below } = fitColumns(columns, stacked ? width : width - actionsWidth);
  const filtered = filters.some(filter => list.read(filter.name) !== '');
  const unseen = all.some(column => column.sort && !beside.includes(column));
  return (
    <Stack gap="sm" ref={ref}>
      <Toolbar filters={filters} list={list} narrow={stacked} />
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed" role="status">
          {total !== undefined && (props.total?.(total) ?? t('list.total', { count: total }))}
        </Text>
        <Group gap="xs">
          {unseen && <SortSelect columns={all} list={list} />}
          <SavedFilters name={name} list={list} />
          <ColumnChooser all={all} shown={columns} choose={choose} reset={reset} />
          <CsvButton name={name} columns={columns} total={total} readPage={reading.readPage} />
        </Group>
      </Group>
      {!loaded && (error ? <Failed error={error} /> : <Waiting />)}
      {loaded && rows.length === 0 && (filtered ? <NothingFound /> : empty)}
      {rows.length > 0 && width > 0 && (
        <ListTable
          label={label}
          link={all[0]}
          beside={beside}
          below={below}
          rows={rows}
          total={total}
          more={more && !failed}
          loadMore={reading.loadMore}
          look={reading.look}
          sorting={sorting}
          onSort={next => setSort(list, next)}
          href={props.href}
          rowActions={props.rowActions}
          busy={reading.loadingMore || reading.outdated}
          actionsWidth={stacked ? null : actionsWidth}
          onActionsWidth={setActionsWidth}
        />
      )}
      {reading.loadingMore && <Waiting rows={1} />}
      {failed && (
        <Alert color="red" role="alert" title={t('list.moreFailed')}>
          <Button size="xs" variant="default" onClick={reading.loadMore}>
            {t('list.again')}
          </Button>
        </Alert>
      )}
    </Stack>
  );
}

function NothingFound() {
  const { t } = useTranslation();
  return <Empty title={t('list.nothing')}>{t('list.nothingHint')}</Empty>;
}

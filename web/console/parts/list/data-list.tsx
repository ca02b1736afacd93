import './list.css';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useListState } from '../list-state';
import { Empty, Failed, Waiting } from '../states';
import { FilterFields } from './filter-fields';
import { beside } from './fit';
import { setSort, sortOf } from './sort';
import { ListTable } from './table';
import type { DataListProps, Listed } from './types';
import { useRows } from './use-rows';

/** List of records: searched, filtered, sorted and read page by page by the gateway. Its state is in the address. */
export function DataList<Data, Variables, Row extends Listed>(props: DataListProps<Data, Variables, Row>) {
  const { label, columns: all, filters, empty } = props;
  const { t } = useTranslation();
  const list = useListState();
  const { sorting, variable } = sortOf(list, all);
  const { rows, total, more, loadMore, loadingMore, failed, loaded, error } = useRows({
    ...props,
    sort: variable,
  });
  const { ref, width } = useElementSize();
  const columns = all.filter(({ optional }) => !optional);
  const filtered = filters.some(({ name }) => list.read(name) !== '');
  const count = total === undefined ? '' : (props.total?.(total) ?? t('list.total', { count: total }));
  return (
    <Stack gap="sm" ref={ref}>
      <Group gap="xs">
        <FilterFields filters={filters} list={list} />
      </Group>
      <Text size="sm" c="dimmed" role="status">
        {count}
      </Text>
      {!loaded && (error ? <Failed error={error} /> : <Waiting />)}
      {loaded &&
        rows.length === 0 &&
        (filtered ? <Empty title={t('list.nothing')}>{t('list.nothingHint')}</Empty> : empty)}
      {rows.length > 0 && (
        <ListTable
          label={label}
          columns={columns}
          beside={beside(columns, width)}
          rows={rows}
          total={total}
          more={more && !failed}
          loadMore={loadMore}
          sorting={sorting}
          onSort={next => setSort(list, next)}
          href={props.href}
          rowActions={props.rowActions}
          busy={loadingMore}
        />
      )}
      {loadingMore && <Waiting rows={1} />}
      {failed && (
        <Alert color="red" role="alert" title={t('list.moreFailed')}>
          <Button size="xs" variant="default" onClick={loadMore}>
            {t('list.again')}
          </Button>
        </Alert>
      )}
    </Stack>
  );
}

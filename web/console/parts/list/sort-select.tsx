import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ListState } from '../list-state';
import type { Column } from './types';

/** Select of the order of a list, for columns whose headers are not shown. */
export function SortSelect<Row>({ columns, list }: { columns: readonly Column<Row>[]; list: ListState }) {
  const { t } = useTranslation();
  const options = columns.flatMap(({ id, header, sort }) =>
    sort
      ? [
          { value: id, label: t('list.ascending', { header }) },
          { value: `-${id}`, label: t('list.descending', { header }) },
        ]
      : [],
  );
  return (
    <NativeSelect
      size="xs"
      aria-label={t('list.sort')}
      data={[{ value: '', label: t('list.unsorted') }, ...options]}
      value={list.read('sort')}
      onChange={event => list.filter('sort', event.currentTarget.value)}
    />
  );
}

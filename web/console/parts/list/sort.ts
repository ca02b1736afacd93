import type { SortingState } from '@tanstack/react-table';
import type { ListState } from '../list-state';
import type { Column } from './types';

/** Order of a list: that of the address (`-placedAt` for descending), or the order of the graph. */
export function sortOf<Row>(list: ListState, columns: readonly Column<Row>[]) {
  const text = list.read('sort');
  const desc = text.startsWith('-');
  const column = columns.find(({ id, sort }) => sort && id === (desc ? text.slice(1) : text));
  const sorting: SortingState = column ? [{ id: column.id, desc }] : [];
  const variable = column?.sort
    ? { field: column.sort, direction: desc ? ('DESC' as const) : ('ASC' as const) }
    : null;
  return { sorting, variable };
}

/** Sets the order of a list. */
export const setSort = (list: ListState, [sort]: SortingState): void =>
  list.filter('sort', sort ? `${sort.desc ? '-' : ''}${sort.id}` : null);

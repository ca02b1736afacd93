import {
  columnVisibilityFeature,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { HeaderCell } from './header-cell';
import { ListRow } from './row';
import type { Column, Listed } from './types';
import { useRowFocus } from './use-row-focus';

const features = tableFeatures({ columnVisibilityFeature, rowSortingFeature });

interface TableProps<Row extends Listed> {
  label: string;
  columns: readonly Column<Row>[];
  /** Columns that fit beside each other. The others are on a second line of the row. */
  beside: number;
  rows: readonly Row[];
  total: number | undefined;
  more: boolean;
  loadMore(): void;
  sorting: SortingState;
  onSort(sorting: SortingState): void;
  href?: ((row: Row) => string) | undefined;
  rowActions?: ((row: Row) => ReactNode) | undefined;
  busy: boolean;
}

/** Height of a row before it is measured, in pixels. */
const HEIGHT = 57;
/** Rows before the end at which the next page is read. */
const AHEAD = 10;

/** Table whose rows are in the document only while they are near the window. */
export function ListTable<Row extends Listed>(props: TableProps<Row>) {
  const { columns, beside, rows: data, sorting, onSort, total, more, loadMore, href, rowActions } = props;
  const { t } = useTranslation();
  const definitions = useMemo(
    () =>
      columns.map(({ id, header, sort }) => ({
        id,
        header,
        enableSorting: sort !== undefined,
        accessorFn: (row: Row) => row.id,
      })),
    [columns],
  );
  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: row => row.id,
    manualSorting: true,
    enableMultiSort: false,
    sortDescFirst: false,
    state: { sorting },
    onSortingChange: change => onSort(typeof change === 'function' ? change(sorting) : change),
  });
  const { rows } = table.getRowModel();
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    if (body.current) setTop(body.current.getBoundingClientRect().top + window.scrollY);
  });
  const focus = useRowFocus(rows.length);
  const virtualizer = useWindowVirtualizer<HTMLTableRowElement>({
    count: rows.length,
    estimateSize: () => HEIGHT,
    overscan: 8,
    scrollMargin: top,
    getItemKey: index => rows[index]?.id ?? index,
    rangeExtractor: focus.withActive,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= rows.length - AHEAD) loadMore();
  }, [more, last, rows.length, loadMore]);

  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  return (
    <table
      role="table"
      className="list"
      aria-label={props.label}
      aria-rowcount={total === undefined ? -1 : total + 1}
      aria-busy={props.busy}
      style={
        { '--list-columns': template(columns.slice(0, beside), rowActions !== undefined) } as CSSProperties
      }
    >
      <thead role="rowgroup">
        <tr role="row" aria-rowindex={1}>
          {headers.slice(0, beside).map((header, index) => (
            <HeaderCell
              key={header.id}
              header={columns[index]?.header ?? ''}
              align={columns[index]?.align}
              sorted={header.column.getIsSorted()}
              onSort={header.column.getToggleSortingHandler()}
              sortable={header.column.getCanSort()}
            />
          ))}
          {rowActions && (
            <th role="columnheader" scope="col">
              <span className="only-read-out">{t('list.actions')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody
        role="rowgroup"
        ref={body}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={event => focus.onKeyDown(event, virtualizer)}
      >
        {items.map(item => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <ListRow
              key={row.id}
              row={row.original}
              index={item.index}
              top={item.start - top}
              measure={virtualizer.measureElement}
              columns={columns}
              beside={beside}
              href={href}
              rowActions={rowActions}
              active={item.index === focus.active}
              onFocus={focus.take}
            />
          );
        })}
      </tbody>
    </table>
  );
}

/** Widths of the columns. The first one, the name of the row, is the widest. */
const template = (columns: readonly Column<never>[], actions: boolean): string =>
  [
    ...columns.map(({ align }, index) =>
      index === 0 ? 'minmax(0, 1.6fr)' : align ? 'minmax(0, 0.8fr)' : 'minmax(0, 1fr)',
    ),
    ...(actions ? ['minmax(0, auto)'] : []),
  ].join(' ');

import { rowSortingFeature, type SortingState, tableFeatures, useTable } from '@tanstack/react-table';
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
import { useSearch } from 'wouter';
import { HeaderCell } from './header-cell';
import { heightsOf } from './kept-heights';
import { ListRow } from './row';
import type { Column, Listed } from './types';
import { useRowFocus } from './use-row-focus';

const features = tableFeatures({ rowSortingFeature });

interface TableProps<Row extends Listed> {
  label: string;
  /** Column whose cell is the link of the row. */
  link: Column<Row> | undefined;
  beside: readonly Column<Row>[];
  /** Columns on a second line of each row. */
  below: readonly Column<Row>[];
  rows: readonly Row[];
  total: number | undefined;
  more: boolean;
  loadMore(): void;
  /** Takes the indexes of the rows in view. */
  look(first: number, last: number): void;
  sorting: SortingState;
  onSort(sorting: SortingState): void;
  href?: ((row: Row) => string) | undefined;
  rowActions?: ((row: Row) => ReactNode) | undefined;
  busy: boolean;
  /** Width of the last column, in pixels, or `null` if its content is on a line of its own. */
  actionsWidth: number | null;
  onActionsWidth(width: number): void;
}

/** Heights of a row before it is measured, in pixels. */
const HEIGHT = 46;
const HEIGHT_BELOW = 96;
/** Height of the header of the page and that of the table, which cover rows, in pixels. */
const COVERED = 110;
/** Rows before and after those in view that are in the document too. */
const OVERSCAN = 8;
/** Rows before the end at which the next page is read. */
const AHEAD = 10;

/** Table whose rows are in the document only while they are near the window. */
export function ListTable<Row extends Listed>(props: TableProps<Row>) {
  const { beside, below, rows: data, sorting, onSort, total, more, loadMore, look, href, rowActions } = props;
  const { t } = useTranslation();
  const search = useSearch();
  const definitions = useMemo(
    () =>
      beside.map(({ id, header, sort }) => ({
        id,
        header,
        enableSorting: sort !== undefined,
        accessorFn: (row: Row) => row.id,
      })),
    [beside],
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
  const { actionsWidth, onActionsWidth } = props;
  // Rows have buttons of different widths, and their columns are under each other: the widest counts.
  useLayoutEffect(() => {
    const widths = [...(body.current?.querySelectorAll<HTMLElement>('.list-actions > div') ?? [])];
    const widest = Math.max(0, ...widths.map(({ offsetWidth }) => offsetWidth));
    if (actionsWidth !== null && widest > actionsWidth) onActionsWidth(widest);
  });
  const focus = useRowFocus(rows.length);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter is another list
  const heights = useMemo(() => heightsOf(location.href), [search]);
  const virtualizer = useWindowVirtualizer<HTMLTableRowElement>({
    count: rows.length,
    estimateSize: index => heights[index] ?? (below.length > 0 ? HEIGHT_BELOW : HEIGHT),
    scrollPaddingStart: COVERED,
    overscan: OVERSCAN,
    scrollMargin: top,
    getItemKey: index => rows[index]?.id ?? index,
    rangeExtractor: focus.withActive,
  });
  const items = virtualizer.getVirtualItems();
  const { startIndex: firstSeen = 0, endIndex: lastSeen = 0 } = virtualizer.range ?? {};
  useEffect(() => {
    if (more && lastSeen >= rows.length - AHEAD) loadMore();
  }, [more, lastSeen, rows.length, loadMore]);

  useEffect(() => look(firstSeen - OVERSCAN, lastSeen + OVERSCAN), [look, firstSeen, lastSeen]);
  useEffect(() => {
    for (const { index, size } of items) heights[index] = size;
  });

  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  return (
    <table
      role="table"
      className="list"
      aria-label={props.label}
      aria-rowcount={total === undefined ? -1 : total + 1}
      aria-busy={props.busy}
      data-stacked={actionsWidth === null}
      style={{ '--list-columns': template(beside, actionsWidth) } as CSSProperties}
    >
      <thead role="rowgroup">
        <tr role="row" aria-rowindex={1}>
          {headers.map((header, index) => (
            <HeaderCell
              key={header.id}
              header={beside[index]?.header ?? ''}
              align={beside[index]?.align}
              sorted={header.column.getIsSorted()}
              onSort={header.column.getToggleSortingHandler()}
              sortable={header.column.getCanSort()}
            />
          ))}
          {rowActions && (
            <th role="columnheader" scope="col" className="list-actions-header">
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
              link={props.link}
              beside={beside}
              below={below}
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

/** Widths of the columns. The first one, the name of the row, is wide. */
const template = (columns: readonly Column<never>[], actionsWidth: number | null): string =>
  [
    ...columns.map(({ align, wide, minWidth = 0 }, index) => {
      const share = index === 0 || wide ? 1.6 : align ? 0.8 : 1;
      return `minmax(${minWidth}px, ${share}fr)`;
    }),
    ...(actionsWidth ? [`${actionsWidth}px`] : []),
  ].join(' ');

import { Anchor } from '@mantine/core';
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import type { Column, Listed } from './types';

interface ListRowProps<Row extends Listed> {
  row: Row;
  index: number;
  top: number;
  measure(element: HTMLTableRowElement | null): void;
  link: Column<Row> | undefined;
  beside: readonly Column<Row>[];
  below: readonly Column<Row>[];
  href?: ((row: Row) => string) | undefined;
  rowActions?: ((row: Row) => ReactNode) | undefined;
  /** Whether the row is the one in the order of Tab. */
  active: boolean;
  onFocus(index: number): void;
}

const isControl = (target: EventTarget): boolean =>
  (target as HTMLElement).closest('a, button, input, textarea, select, label') !== null;

/** Row of a list. */
export function ListRow<Row extends Listed>(props: ListRowProps<Row>) {
  const { row, index, link, beside, below, href, rowActions, onFocus } = props;
  const [, navigate] = useLocation();
  const address = href?.(row);
  const open = (event: MouseEvent | KeyboardEvent) => {
    // Events of a menu or a dialog of the row, and of what is behind it, bubble to the row and are not in it.
    const within = event.currentTarget.contains(event.target as Node);
    if (!address || !within || isControl(event.target)) return;
    if (event.type === 'click' && window.getSelection()?.type === 'Range') return;
    navigate(address);
  };
  const content = (column: Column<Row>) =>
    address && column === link ? (
      <Anchor component={Link} href={address} fz="inherit" fw={600} tabIndex={-1}>
        {column.cell(row)}
      </Anchor>
    ) : (
      column.cell(row)
    );
  const filled = below.filter(column => column.text(row) !== '');
  return (
    <tr
      role="row"
      data-index={index}
      data-opens={address !== undefined}
      ref={props.measure}
      aria-rowindex={index + 2}
      tabIndex={props.active ? 0 : -1}
      style={{ transform: `translateY(${props.top}px)` }}
      onFocus={() => onFocus(index)}
      onClick={open}
      onKeyDown={event => event.key === 'Enter' && open(event)}
    >
      {beside.map(column => (
        <td key={column.id} role="cell" data-align={column.align}>
          {content(column)}
        </td>
      ))}
      {filled.length > 0 && (
        <td role="cell" className="list-below">
          <dl>
            {filled.map(column => (
              <div key={column.id}>
                <dt>{column.header}</dt>
                <dd>{content(column)}</dd>
              </div>
            ))}
          </dl>
        </td>
      )}
      {rowActions && (
        <td role="cell" className="list-actions">
          <div>{rowActions(row)}</div>
        </td>
      )}
    </tr>
  );
}

import { UnstyledButton } from '@mantine/core';

const ARIA = { asc: 'ascending', desc: 'descending' } as const;
const SIGN = { asc: '↑', desc: '↓' } as const;

interface HeaderCellProps {
  header: string;
  align: 'right' | undefined;
  sortable: boolean;
  sorted: false | 'asc' | 'desc';
  onSort: ((event: unknown) => void) | undefined;
}

/** Header of a column. A click sorts by it. */
export function HeaderCell({ header, align, sortable, sorted, onSort }: HeaderCellProps) {
  return (
    <th
      role="columnheader"
      scope="col"
      data-align={align}
      aria-sort={sorted ? ARIA[sorted] : sortable ? 'none' : undefined}
    >
      {sortable ? (
        <UnstyledButton fz="inherit" fw="inherit" onClick={onSort}>
          {header}
          <span aria-hidden className="list-sort">
            {sorted ? SIGN[sorted] : '↕'}
          </span>
        </UnstyledButton>
      ) : (
        header
      )}
    </th>
  );
}

import type { OrderSummaryFragment } from '../../generated/graphql';
import { atMinute, codeName, money } from './format';
import type { Column } from './list';
import { StateBadge } from './states';

/** Columns of the orders. */
export function useOrderColumns(): Column<OrderSummaryFragment>[] {
  return [
    {
      id: 'number',
      header: 'Number',
      cell: ({ number }) => number,
      text: ({ number }) => number,
      sort: 'NUMBER',
      narrow: true,
    },
    {
      id: 'state',
      header: 'State',
      cell: ({ state }) => <StateBadge state={state} />,
      text: ({ state }) => codeName('states', state),
      narrow: true,
    },
    {
      id: 'recipient',
      header: 'Customer',
      cell: ({ recipient }) => <bdi>{recipient.name}</bdi>,
      text: ({ recipient }) => recipient.name,
    },
    {
      id: 'placed',
      header: 'Placed',
      cell: ({ placedAt }) => atMinute(placedAt),
      text: ({ placedAt }) => placedAt,
      sort: 'PLACED_AT',
    },
    {
      id: 'total',
      header: 'Total',
      cell: ({ total }) => money(total),
      text: ({ total }) => total?.amount ?? '',
      align: 'right',
    },
  ];
}

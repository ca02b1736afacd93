import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderState, OrderSummaryFragment } from '../../generated/graphql';
import { atMinute, codeName, money } from './format';
import { type Column, type Filter, rangeOf, valuesOf } from './list';
import type { ListState } from './list-state';
import { StateBadge } from './states';

const STATES: readonly OrderState[] = [
  'SUBMITTED',
  'EXECUTING',
  'COMPLETED',
  'PARTIALLY_COMPLETED',
  'FAILED',
  'CANCELLED',
];

type Line = OrderSummaryFragment['lines'][number];

/** Columns of a list of orders. */
export function useOrderColumns(): Column<OrderSummaryFragment>[] {
  const { t } = useTranslation('office');
  return [
    {
      id: 'number',
      header: t('list.number'),
      cell: ({ number }) => number,
      text: ({ number }) => number,
      sort: 'NUMBER',
      narrow: true,
    },
    {
      id: 'state',
      header: t('list.state'),
      cell: ({ state }) => <StateBadge state={state} />,
      text: ({ state }) => codeName('states', state),
      narrow: true,
    },
    {
      id: 'customer',
      header: t('list.customer'),
      cell: ({ recipient }) => <bdi>{recipient.name}</bdi>,
      text: ({ recipient }) => recipient.name,
    },
    {
      id: 'lines',
      header: t('list.lines'),
      cell: ({ lines }) => lines.map(line => <LineName key={line.id} line={line} />),
      text: ({ lines }) => lines.map(lineText).join('; '),
    },
    {
      id: 'placed',
      header: t('list.placed'),
      cell: ({ placedAt }) => atMinute(placedAt),
      text: ({ placedAt }) => placedAt,
      sort: 'PLACED_AT',
    },
    {
      id: 'placedBy',
      header: t('list.placedBy'),
      cell: ({ placedBy }) => <bdi>{placedBy.name}</bdi>,
      text: ({ placedBy }) => placedBy.name,
      optional: true,
    },
    {
      id: 'source',
      header: t('list.source'),
      cell: ({ source }) => t(`list.sources.${source}`),
      text: ({ source }) => t(`list.sources.${source}`),
      optional: true,
    },
    {
      id: 'total',
      header: t('list.orderTotal'),
      cell: ({ total }) => money(total),
      text: ({ total }) => (total ? `${total.amount} ${total.currency}` : ''),
      align: 'right',
    },
  ];
}

/** Filters of a list of orders, and their values as the graph has them. */
export function useOrderFilters(list: ListState) {
  const { t } = useTranslation('office');
  const filters: readonly Filter[] = [
    { name: 'search', kind: 'search', label: t('list.orderSearch') },
    {
      name: 'states',
      kind: 'multiselect',
      label: t('list.state'),
      options: STATES.map(value => ({ value, label: codeName('states', value) })),
    },
    {
      name: 'source',
      kind: 'select',
      label: t('list.source'),
      options: (['STOREFRONT', 'BSS'] as const).map(value => ({ value, label: t(`list.sources.${value}`) })),
    },
    { name: 'placed', kind: 'dates', label: t('list.placed') },
  ];
  const filter = {
    search: list.read('search') || null,
    states: valuesOf<OrderState>(list.read('states')),
    source: (list.read('source') || null) as OrderSummaryFragment['source'] | null,
    placedAt: rangeOf(list.read('placed')),
  };
  return { filters, filter };
}

const nameOf = ({ friendlyName, product }: Line): string | null =>
  friendlyName && friendlyName !== product.name ? friendlyName : null;

const lineText = (line: Line): string =>
  [
    nameOf(line),
    line.product.name,
    ...line.addons.map(({ addon, quantity }) => `${quantity} × ${addon.name}`),
  ]
    .filter(Boolean)
    .join(', ');

function LineName({ line }: { line: Line }) {
  const name = nameOf(line);
  return (
    <div>
      {name && (
        <>
          <bdi>{name}</bdi>,{' '}
        </>
      )}
      <bdi>{line.product.name}</bdi>
      {line.addons.map(({ addon, quantity }) => (
        <Fragment key={addon.id}>
          , {quantity} × <bdi>{addon.name}</bdi>
        </Fragment>
      ))}
    </div>
  );
}

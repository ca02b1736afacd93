import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ChargesQuery } from '../../generated/graphql';
import { atMinute, money } from '../parts/format';
import type { Column } from '../parts/list';
import { itemOf, usePeriod } from './charge-item';

type Row = ChargesQuery['charges']['nodes'][number];

/** Columns of the ledger. */
export function useChargeColumns(): readonly Column<Row>[] {
  const { t } = useTranslation('money');
  const periodOf = usePeriod();
  return [
    {
      id: 'subscription',
      header: t('charges.subscription'),
      narrow: true,
      cell: ({ subscription }) => <bdi>{subscription.friendlyName}</bdi>,
      text: ({ subscription }) => subscription.friendlyName,
    },
    {
      id: 'amount',
      header: t('charges.amount'),
      narrow: true,
      align: 'right',
      cell: ({ amount }) => money(amount),
      text: ({ amount }) => amount.amount,
    },
    { id: 'kind', header: t('charges.kind'), ...same(({ kind }) => t(`kinds.${kind}`)) },
    {
      id: 'item',
      header: t('charges.item'),
      cell: row => <bdi>{itemOf(row)}</bdi>,
      text: itemOf,
    },
    {
      id: 'quantity',
      header: t('charges.quantity'),
      align: 'right',
      ...same(({ quantity }) => String(quantity)),
    },
    {
      id: 'unitPrice',
      header: t('charges.unitPrice'),
      align: 'right',
      optional: true,
      cell: ({ unitPrice }) => money(unitPrice),
      text: ({ unitPrice }) => unitPrice.amount,
    },
    { id: 'period', header: t('charges.period'), ...same(periodOf) },
    {
      id: 'payer',
      header: t('charges.payer'),
      cell: ({ account }) => <bdi>{account.name}</bdi>,
      text: ({ account }) => account.name,
    },
    {
      id: 'order',
      header: t('charges.order'),
      optional: true,
      cell: ({ order }) =>
        order && (
          <Anchor component={Link} href={`/orders/${order.id}`} size="sm">
            {order.number}
          </Anchor>
        ),
      text: ({ order }) => order?.number ?? '',
    },
    {
      id: 'reason',
      header: t('charges.reason'),
      optional: true,
      ...same(({ reason }) => reason ?? ''),
    },
    {
      id: 'createdAt',
      header: t('charges.createdAt'),
      optional: true,
      cell: ({ createdAt }) => atMinute(createdAt),
      text: ({ createdAt }) => createdAt,
    },
    {
      id: 'currency',
      header: t('charges.currency'),
      optional: true,
      ...same(({ amount }) => amount.currency),
    },
    { id: 'seq', header: t('charges.seq'), optional: true, align: 'right', ...same(({ seq }) => seq) },
  ];
}

/** Column whose cell is its text. */
const same = (text: (row: Row) => string) => ({ cell: text, text });

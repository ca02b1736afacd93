import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { AuditFieldsFragment } from '../../generated/graphql';
import { atMoment } from '../parts/format';
import type { Column } from '../parts/list';
import { useEventName } from './event-name';

const link = (href: string, name: string): ReactNode => (
  <Anchor component={Link} href={href} size="sm" underline="always">
    <bdi>{name}</bdi>
  </Anchor>
);

/** Columns of the audit trail. */
export function useAuditColumns(): readonly Column<AuditFieldsFragment>[] {
  const { t } = useTranslation('automation');
  const nameOf = useEventName();
  const userOf = ({ by }: AuditFieldsFragment) => by?.name ?? t('audit.system');
  return [
    {
      id: 'message',
      header: t('audit.message'),
      cell: row => row.message,
      text: row => row.message,
      narrow: true,
    },
    {
      id: 'occurredAt',
      header: t('audit.time'),
      cell: row => atMoment(row.occurredAt),
      text: row => row.occurredAt,
      narrow: true,
    },
    {
      id: 'type',
      header: t('audit.action'),
      cell: row => nameOf(row.type),
      text: row => row.type,
    },
    { id: 'by', header: t('audit.user'), cell: row => <bdi>{userOf(row)}</bdi>, text: userOf },
    {
      id: 'account',
      header: t('audit.account'),
      cell: row => <bdi>{row.account?.name}</bdi>,
      text: row => row.account?.name ?? '',
    },
    {
      id: 'order',
      header: t('audit.order'),
      cell: row => row.order && link(`/orders/${row.order.id}`, row.order.number),
      text: row => row.order?.number ?? '',
    },
    {
      id: 'subscription',
      header: t('audit.subscription'),
      cell: row =>
        row.subscription && link(`/subscriptions/${row.subscription.id}`, row.subscription.friendlyName),
      text: row => row.subscription?.friendlyName ?? '',
    },
    {
      id: 'id',
      header: t('audit.position'),
      cell: row => row.id,
      text: row => row.id,
      align: 'right',
      optional: true,
    },
  ];
}

import { Group } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { SubscriptionRowFragment } from '../../generated/graphql';
import { codeName, onDay, recurring, storage } from '../parts/format';
import type { Column } from '../parts/list';
import { CancellationOutcome, useLatestRequests } from './cancellation-history';
import { SubscriptionBadges } from './subscription-badges';

/** Columns of the list of subscriptions. */
export function useSubscriptionColumns(): Column<SubscriptionRowFragment>[] {
  const { t } = useTranslation('subscriptions');
  const requests = useLatestRequests();
  return [
    {
      id: 'name',
      header: t('list.name'),
      cell: ({ friendlyName }) => <bdi>{friendlyName}</bdi>,
      text: ({ friendlyName }) => friendlyName,
      sort: 'FRIENDLY_NAME',
      narrow: true,
    },
    {
      id: 'state',
      header: t('list.state'),
      cell: subscription => (
        <>
          <Group gap={4}>
            <SubscriptionBadges subscription={subscription} />
          </Group>
          <CancellationOutcome request={requests.get(subscription.id)} />
        </>
      ),
      text: ({ state }) => codeName('states', state),
      narrow: true,
    },
    {
      id: 'customer',
      header: t('list.customer'),
      cell: ({ account }) => <bdi>{account.name}</bdi>,
      text: ({ account }) => account.name,
    },
    {
      id: 'product',
      header: t('list.product'),
      cell: ({ product, addons }) => (
        <>
          <bdi>{product.name}</bdi>
          {addons.map(({ addon, quantity }) => (
            <Fragment key={addon.id}>
              , {quantity} × <bdi>{addon.name}</bdi>
            </Fragment>
          ))}
        </>
      ),
      text: ({ product, addons }) =>
        [product.name, ...addons.map(({ addon, quantity }) => `${quantity} × ${addon.name}`)].join(', '),
    },
    {
      id: 'storage',
      header: t('list.storage'),
      cell: ({ capacityBytes }) =>
        capacityBytes === '0'
          ? t('list.nothingGranted')
          : t('list.granted', { storage: storage(capacityBytes) }),
      text: ({ capacityBytes }) => capacityBytes,
      align: 'right',
    },
    {
      id: 'price',
      header: t('list.price'),
      cell: ({ recurringTotal, billingCycle }) => recurring(recurringTotal, billingCycle),
      text: ({ recurringTotal }) =>
        recurringTotal ? `${recurringTotal.amount} ${recurringTotal.currency}` : '',
      align: 'right',
    },
    {
      id: 'periodEnd',
      header: t('list.periodEnd'),
      cell: ({ currentPeriodEnd }) => currentPeriodEnd && onDay(currentPeriodEnd),
      text: ({ currentPeriodEnd }) => currentPeriodEnd ?? '',
      sort: 'CURRENT_PERIOD_END',
      optional: true,
    },
    {
      id: 'created',
      header: t('list.created'),
      cell: ({ createdAt }) => onDay(createdAt),
      text: ({ createdAt }) => createdAt,
      sort: 'CREATED_AT',
      optional: true,
    },
    {
      id: 'sku',
      header: t('list.sku'),
      cell: ({ product }) => product.sku,
      text: ({ product }) => product.sku,
      optional: true,
    },
    {
      id: 'externalId',
      header: t('list.externalId'),
      cell: ({ externalId }) => externalId,
      text: ({ externalId }) => externalId ?? '',
      optional: true,
    },
  ];
}

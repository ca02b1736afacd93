import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { SubscriptionQuery } from '../../generated/graphql';
import { recurring, storage } from '../parts/format';
import { ContentsText } from './contents-text';
import { type Fact, Facts } from './facts';

/** Subscription with everything that its page shows. */
export type Subscription = NonNullable<SubscriptionQuery['subscription']>;

/** Contents of a subscription with their price. A pending one shows what is ordered. */
export function ContentsCard({ subscription }: { subscription: Subscription }) {
  const { t } = useTranslation('subscriptions');
  const { addons, capacityBytes, product, order, state, recurringTotal, billingCycle } = subscription;
  const ordered = order.lines.find(line => line.subscription?.id === subscription.id);
  const isPending = state === 'PENDING';
  const facts: Fact[] = [
    [t('facts.product'), <bdi key="product">{product.name}</bdi>],
    [t('facts.sku'), product.sku],
    [t('facts.licenses'), ordered && ordered.quantity > 0 ? String(ordered.quantity) : null],
    [t('facts.service'), <bdi key="service">{product.service.name}</bdi>],
    [
      t(isPending ? 'facts.orderedAddons' : 'facts.addons'),
      <ContentsText key="addons" addons={isPending ? (ordered?.addons ?? []) : addons} />,
    ],
    [t('facts.storage'), isPending ? t('facts.notYet') : storage(capacityBytes)],
    [t('facts.price'), isPending ? null : recurring(recurringTotal, billingCycle)],
  ];
  return (
    <Facts title={t('facts.contents')} facts={facts}>
      {isPending && (
        <Text size="sm" c="dimmed">
          {t('facts.ordered')}{' '}
          <Anchor component={Link} href={`/orders/${order.id}`} underline="always">
            {order.number}
          </Anchor>
        </Text>
      )}
    </Facts>
  );
}

import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { atMinute, cycle, onDay } from '../parts/format';
import { staff } from '../session/audience';
import { useViewer } from '../session/viewer';
import type { Subscription } from './contents-card';
import { type Fact, Facts } from './facts';

/** Times and references of a subscription. Staff sees the ids at the provider too. */
export function DetailsCard({ subscription }: { subscription: Subscription }) {
  const { t } = useTranslation('subscriptions');
  const isStaff = staff(useViewer());
  const { account, reseller, order, product, billingCycle } = subscription;
  const { createdAt, activatedAt, currentPeriodEnd, suspendedAt, cancelledAt } = subscription;
  const atProvider = account.serviceAccounts.find(({ service }) => service.id === product.service.id);
  const facts: Fact[] = [
    [t('facts.customer'), <bdi key="customer">{account.name}</bdi>],
    [t('facts.reseller'), reseller && <bdi key="reseller">{reseller.name}</bdi>],
    [
      t('facts.order'),
      <Anchor key="order" component={Link} href={`/orders/${order.id}`}>
        {order.number}
      </Anchor>,
    ],
    [t('facts.billingCycle'), cycle(billingCycle).name],
    [t('facts.created'), atMinute(createdAt)],
    [t('facts.activeSince'), activatedAt && atMinute(activatedAt)],
    [t('facts.periodEnds'), currentPeriodEnd && onDay(currentPeriodEnd)],
    [t('facts.suspendedSince'), suspendedAt && atMinute(suspendedAt)],
    [t('facts.ended'), cancelledAt && atMinute(cancelledAt)],
    [t('facts.reference'), subscription.externalReference],
    [t('facts.orderReference'), order.externalReference],
    [t('facts.purchaseOrder'), order.purchaseOrderNumber],
    [t('facts.customerReference'), account.externalReference],
    [t('facts.externalId'), isStaff && subscription.externalId],
    [t('facts.accountExternalId'), isStaff && atProvider?.externalId],
  ];
  return <Facts title={t('facts.details')} facts={facts} />;
}

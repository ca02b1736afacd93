import { Card, SimpleGrid, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { atMinute } from '../parts/format';
import type { Order } from './order-page';

/** References, times and billing details of an order. */
export function OrderFacts({ order }: { order: Order }) {
  const { t } = useTranslation('storefront');
  const { billing, executedAt, executedBy, completedAt } = order;
  const address = billing && [
    billing.company,
    billing.addressLine1,
    billing.addressLine2,
    `${billing.postalCode} ${billing.city}`,
    billing.country,
    billing.vatNumber,
    billing.email,
  ];
  const facts: readonly (readonly [label: string, value: string | null | undefined])[] = [
    [t('references.purchaseOrderNumber'), order.purchaseOrderNumber],
    [t('references.externalReference'), order.externalReference],
    [t('order.source'), t(`order.sources.${order.source}`)],
    [t('order.reseller'), order.reseller?.name],
    [t('order.executed'), executedAt && atMinute(executedAt)],
    [t('order.executedBy'), executedBy?.name],
    [t('order.completed'), completedAt && atMinute(completedAt)],
    [t('checkout.billedTo'), address?.filter(Boolean).join('\n')],
  ];
  return (
    <Card withBorder padding="lg" component="section" aria-labelledby="facts">
      <Title order={2} size="h4" id="facts" mb="md">
        {t('order.details')}
      </Title>
      <SimpleGrid component="dl" m={0} cols={{ base: 1, xs: 2 }} spacing="md">
        {facts.map(
          ([label, value]) =>
            value && (
              <div key={label}>
                <Text component="dt" size="sm" c="dimmed">
                  {label}
                </Text>
                <Text component="dd" m={0} style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>
                  <bdi>{value}</bdi>
                </Text>
              </div>
            ),
        )}
      </SimpleGrid>
    </Card>
  );
}

import { Anchor, Button, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { Trans, useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { OrderDocument, type OrderQuery } from '../../generated/graphql';
import { useLiveQuery } from '../data/live-query';
import { History } from '../history/history';
import { OrderActions } from '../office/order-actions';
import { FailedActions } from '../parts/failed-actions';
import { atMinute } from '../parts/format';
import { OperationCard } from '../parts/operation';
import { Page } from '../parts/page';
import { Failed, StateBadge, Waiting } from '../parts/states';
import { Unknown } from '../parts/unknown';
import { buyers, staff } from '../session/audience';
import { useViewer } from '../session/viewer';
import { OrderAgain } from './order-again';
import { OrderFacts } from './order-facts';
import { OrderTable } from './order-table';

/** Order with all that its page shows. */
export type Order = NonNullable<OrderQuery['order']>;

/** Page of an order with its lines and live provisioning. */
export function OrderPage({ id }: { id: string }) {
  const { t } = useTranslation('storefront');
  const viewer = useViewer();
  const { data, error } = useLiveQuery(OrderDocument, { id }, 'Order');
  if (!data) return error ? <Failed error={error} /> : <Waiting />;
  const { order } = data;
  if (!order) return <Unknown what="order" back={staff(viewer) ? '/office/orders' : '/orders'} />;
  return (
    <Page
      title={order.number}
      lead={
        <Trans
          t={t}
          i18nKey="order.lead"
          values={{
            recipient: order.recipient.name,
            placedAt: atMinute(order.placedAt),
            placedBy: order.placedBy.name,
          }}
          components={{ bdi: <bdi /> }}
        />
      }
      aside={<StateBadge state={order.state} />}
    >
      <Text role="status">
        {t(`order.sentences.${order.state}`, staff(viewer) ? { context: 'staff' } : {})}
      </Text>
      <Group gap="sm" align="flex-start" className="no-print">
        <OrderActions order={order} />
        {buyers(viewer) && <OrderAgain order={order} />}
        <Button size="xs" variant="default" onClick={() => window.print()}>
          {t('order.print')}
        </Button>
      </Group>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg" className="print-one-column">
        <Stack>
          <Card withBorder padding="lg" component="section" aria-label={t('order.ordered')}>
            <OrderTable of={order} dueLabel={t('order.due')} />
          </Card>
          <OrderFacts order={order} />
        </Stack>
        <Provisioning order={order} />
      </SimpleGrid>
      <History objectId={order.id} />
    </Page>
  );
}

function Provisioning({ order }: { order: Order }) {
  const { t } = useTranslation('storefront');
  return (
    <Stack component="section" gap="sm" aria-labelledby="provisioning">
      <Title order={2} size="h4" id="provisioning">
        {t('order.provisioning')}
      </Title>
      {order.operations.map(operation => (
        <OperationCard
          key={operation.id}
          operation={operation}
          action={
            <>
              <Anchor component={Link} href={`/live/${operation.id}`} size="sm">
                {t('order.steps', { name: operation.subscription.friendlyName })}
              </Anchor>
              <FailedActions operation={operation} />
            </>
          }
        />
      ))}
      {order.operations.length === 0 && (
        <Text c="dimmed" size="sm">
          {t(order.state === 'CANCELLED' ? 'order.neverBegan' : 'order.beginsLater')}
        </Text>
      )}
      {order.state === 'COMPLETED' && (
        <Anchor component={Link} href="/subscriptions">
          {t('order.seeSubscriptions')}
        </Anchor>
      )}
    </Stack>
  );
}

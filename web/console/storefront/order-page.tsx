import { Anchor, Card, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import { OrderDocument } from '../../generated/graphql';
import { useLiveQuery } from '../data/live-query';
import { History } from '../history/history';
import { FailedActions } from '../parts/failed-actions';
import { atMinute } from '../parts/format';
import { OperationCard } from '../parts/operation';
import { Page } from '../parts/page';
import { Empty, Failed, StateBadge, Waiting } from '../parts/states';
import { OrderTable } from './order-table';

const SENTENCES: Record<string, string> = {
  SUBMITTED: 'Placed. It waits to be executed.',
  EXECUTING: 'Your services are being provisioned. You can leave this page: it goes on.',
  COMPLETED: 'Everything is provisioned.',
  PARTIALLY_COMPLETED: 'A part is provisioned. Your account manager has cancelled the rest.',
  FAILED: 'Something could not be provisioned. Your account manager can retry or abandon it.',
  CANCELLED: 'Cancelled.',
};

/** Page of an order with its lines and live provisioning. */
export function OrderPage({ id }: { id: string }) {
  const { data, error } = useLiveQuery(OrderDocument, { id }, 'Order');
  if (!data) return error ? <Failed error={error} /> : <Waiting />;
  const { order } = data;
  if (!order) return <Empty title="Order not found" />;
  return (
    <Page
      title={order.number}
      lead={
        <>
          For <bdi>{order.recipient.name}</bdi> · placed {atMinute(order.placedAt)} by{' '}
          <bdi>{order.placedBy.name}</bdi>
        </>
      }
      aside={<StateBadge state={order.state} />}
    >
      <Text role="status">{SENTENCES[order.state]}</Text>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Stack component="section" gap="sm" aria-labelledby="provisioning">
          <Title order={2} size="h4" id="provisioning">
            Provisioning
          </Title>
          {order.operations.map(operation => (
            <OperationCard
              key={operation.id}
              operation={operation}
              action={<FailedActions operation={operation} />}
            />
          ))}
          {order.operations.length === 0 && (
            <Text c="dimmed" size="sm">
              Begins when the order is executed.
            </Text>
          )}
          {order.state === 'COMPLETED' && (
            <Anchor component={Link} href="/subscriptions">
              See the subscriptions
            </Anchor>
          )}
        </Stack>
        <Card withBorder padding="lg" component="section" aria-label="What was ordered">
          <OrderTable lines={order.lines} total={order.total} />
        </Card>
      </SimpleGrid>
      <History objectId={order.id} />
    </Page>
  );
}

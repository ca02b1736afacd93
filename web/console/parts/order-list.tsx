import { Anchor, Card, Group, Stack, Text } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import { Link } from 'wouter';
import type { OrderSummaryFragment } from '../../generated/graphql';
import { atMinute, money } from './format';
import { StateBadge } from './states';

/** List of orders with their actions. */
export function OrderList(props: {
  orders: readonly OrderSummaryFragment[];
  actions?: (order: OrderSummaryFragment) => ReactNode;
}) {
  return (
    <Stack gap="sm">
      {props.orders.map(order => (
        <Card key={order.id} withBorder padding="md" component="article" data-order={order.number}>
          <Group justify="space-between" gap="sm">
            <div style={{ minWidth: 0, flex: '1 1 16rem' }}>
              <Group gap="xs">
                <Anchor component={Link} href={`/orders/${order.id}`} fw={600}>
                  {order.number}
                </Anchor>
                <StateBadge state={order.state} />
              </Group>
              <Text size="sm">
                <bdi>{order.recipient.name}</bdi> ·{' '}
                {order.lines.map((line, index) => (
                  <Fragment key={line.id}>
                    {index > 0 && '; '}
                    <LineName line={line} />
                  </Fragment>
                ))}
              </Text>
              <Text size="xs" c="dimmed">
                {atMinute(order.placedAt)} by <bdi>{order.placedBy.name}</bdi>
                {order.source === 'BSS' && ', in the back office'}
              </Text>
            </div>
            <Text fw={600}>{money(order.total)}</Text>
            {props.actions?.(order)}
          </Group>
        </Card>
      ))}
    </Stack>
  );
}

function LineName({ line }: { line: OrderSummaryFragment['lines'][number] }) {
  const { friendlyName, product, addons } = line;
  return (
    <>
      {friendlyName && friendlyName !== product.name && (
        <>
          <bdi>{friendlyName}</bdi>,{' '}
        </>
      )}
      <bdi>{product.name}</bdi>
      {addons.map(({ addon, quantity }, index) => (
        <Fragment key={addon.id}>
          {index === 0 ? ' with ' : ', '}
          {quantity} × <bdi>{addon.name}</bdi>
        </Fragment>
      ))}
    </>
  );
}

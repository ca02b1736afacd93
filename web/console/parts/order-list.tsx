import { Anchor, Card, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
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
                {order.recipient.name} · {order.lines.map(lineName).join('; ')}
              </Text>
              <Text size="xs" c="dimmed">
                {atMinute(order.placedAt)} by {order.placedBy.name}
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

function lineName({ friendlyName, product, addons }: OrderSummaryFragment['lines'][number]): string {
  const extra = addons.map(({ addon, quantity }) => `${quantity} × ${addon.name}`).join(', ');
  const name =
    friendlyName && friendlyName !== product.name ? `${friendlyName}, ${product.name}` : product.name;
  return extra ? `${name} with ${extra}` : name;
}

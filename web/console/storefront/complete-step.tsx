import { Box, Button, Card, Group, Stack, Text } from '@mantine/core';
import { useLocation } from 'wouter';
import { type BasketFieldsFragment, CheckoutDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { useIdempotencyKey } from '../data/new-key';
import { ActionButton } from '../parts/action-button';
import { TroubleAlert } from '../parts/trouble';
import { OrderTable } from './order-table';

/** Third step: checks out the basket. */
export function CompleteStep({ basket, onReview }: { basket: BasketFieldsFragment; onReview(): void }) {
  const [, navigate] = useLocation();
  const checkout = useAction(CheckoutDocument, 'Basket');
  const keyFor = useIdempotencyKey();
  const { recipient, billing } = basket;

  const order = async () => {
    const what = { basketId: basket.id, expectedVersion: basket.version };
    const payload = await checkout.run({ input: { ...what, idempotencyKey: keyFor(what) } });
    if (payload?.order) navigate(`/orders/${payload.order.id}`);
  };

  return (
    <Stack>
      <TroubleAlert trouble={checkout.trouble} />
      <Card withBorder padding="lg">
        <Stack>
          <Group gap="xl" align="flex-start">
            <div>
              <Text size="sm" c="dimmed">
                For
              </Text>
              <Text fw={500}>
                <bdi>{recipient?.name}</bdi>
              </Text>
            </div>
            {billing && (
              <div>
                <Text size="sm" c="dimmed">
                  Billed to
                </Text>
                <Text fw={500}>
                  <bdi>{billing.company}</bdi>
                </Text>
                <Text size="sm">
                  {billing.addressLine1}, {billing.postalCode} {billing.city}, {billing.country}
                </Text>
              </div>
            )}
          </Group>
          <Box hiddenFrom="md">
            <OrderTable lines={basket.lines} total={basket.total} />
          </Box>
        </Stack>
      </Card>
      <Group justify="space-between">
        <Button variant="subtle" onClick={onReview}>
          Change billing
        </Button>
        <ActionButton size="md" loading={checkout.busy} onClick={order}>
          Place the order
        </ActionButton>
      </Group>
    </Stack>
  );
}

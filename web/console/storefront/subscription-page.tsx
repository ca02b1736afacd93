import { Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { SubscriptionDocument, type SubscriptionQuery } from '../../generated/graphql';
import { useLiveQuery } from '../data/live-query';
import { FailedActions } from '../parts/failed-actions';
import { atMinute, onDay, recurring, storage } from '../parts/format';
import { OperationCard } from '../parts/operation';
import { Page } from '../parts/page';
import { Failed, Waiting } from '../parts/states';
import { Unknown } from '../parts/unknown';
import { staff } from '../session/audience';
import { useViewer } from '../session/viewer';
import { BuyAddons } from './buy-addons';
import { CancellationHistory } from './cancellation-history';
import { SubscriptionActions } from './subscription-actions';
import { SubscriptionBadges } from './subscription-badges';

type Subscription = NonNullable<SubscriptionQuery['subscription']>;

/** Page of a subscription with its contents, actions and operations. */
export function SubscriptionPage({ id }: { id: string }) {
  const isStaff = staff(useViewer());
  const { data, error } = useLiveQuery(SubscriptionDocument, { id }, 'CloudSubscription CancellationRequest');
  if (!data) return error ? <Failed error={error} /> : <Waiting />;
  const { subscription } = data;
  if (!subscription) return <Unknown what="subscription" back="/subscriptions" />;
  const canGrow = subscription.availableActions.some(
    ({ action, allowed }) => action === 'BUY_ADDONS' && allowed,
  );
  return (
    <Page
      title={subscription.friendlyName}
      lead={
        <Group gap="xs">
          <bdi>{subscription.account.name}</bdi> · <bdi>{subscription.product.name}</bdi>
          <SubscriptionBadges subscription={subscription} />
        </Group>
      }
      aside={<SubscriptionActions subscription={subscription} />}
    >
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Stack>
          <Facts subscription={subscription} />
          <CancellationHistory subscriptionId={id} />
          {!isStaff && canGrow && subscription.product.addons.length > 0 && (
            <BuyAddons subscription={subscription} />
          )}
        </Stack>
        <Stack component="section" gap="sm" aria-labelledby="history">
          <Title order={2} size="h4" id="history">
            What has been done
          </Title>
          {subscription.operations.toReversed().map(operation => (
            <OperationCard
              key={operation.id}
              operation={operation}
              action={<FailedActions operation={operation} />}
            />
          ))}
        </Stack>
      </SimpleGrid>
    </Page>
  );
}

function Facts({ subscription }: { subscription: Subscription }) {
  const { addons, activatedAt, cancelledAt, currentPeriodEnd, externalId, order } = subscription;
  const facts: [string, string | null][] = [
    ['Storage', storage(subscription.capacityBytes)],
    ['Add-ons', addons.map(({ addon, quantity }) => `${quantity} × ${addon.name}`).join(', ') || 'None'],
    ['Price', recurring(subscription.recurringTotal, subscription.billingCycle)],
    ['Order', order.number],
    ['Active since', activatedAt && atMinute(activatedAt)],
    ['Billing period ends', currentPeriodEnd && onDay(currentPeriodEnd)],
    ['Ended', cancelledAt && atMinute(cancelledAt)],
    ['Id at the provider', externalId],
  ];
  return (
    <Card withBorder padding="lg">
      <SimpleGrid component="dl" m={0} cols={{ base: 1, xs: 2 }} spacing="md">
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <Text component="dt" size="sm" c="dimmed">
                  {name}
                </Text>
                <Text component="dd" m={0} fw={500} style={{ overflowWrap: 'anywhere' }}>
                  {value}
                </Text>
              </div>
            ),
        )}
      </SimpleGrid>
    </Card>
  );
}

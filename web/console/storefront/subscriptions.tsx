import { Anchor, Card, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { Fragment } from 'react';
import { Link } from 'wouter';
import {
  type CloudSubscriptionState,
  type SubscriptionSummaryFragment,
  SubscriptionsDocument,
} from '../../generated/graphql';
import { useLiveQuery } from '../data/live-query';
import { recurring, storage } from '../parts/format';
import { useListState } from '../parts/list-state';
import { Page } from '../parts/page';
import { PageButtons } from '../parts/pages';
import { SearchField } from '../parts/search-field';
import { Empty, Failed, StateBadge, Waiting } from '../parts/states';
import {
  CancellationOutcome,
  type LatestRequest,
  useLatestRequests,
} from '../subscriptions/cancellation-history';
import { SubscriptionActions } from '../subscriptions/subscription-actions';

const LIVE: CloudSubscriptionState[] = ['PENDING', 'ACTIVE', 'PENDING_CANCELLATION', 'SUSPENDED'];
const ENDED: CloudSubscriptionState[] = ['CANCELLED'];

/** Page of the subscriptions with their actions. */
export function Subscriptions() {
  const list = useListState();
  const shown = list.read('shown') || 'live';
  const search = list.read('search') || null;
  const filter = { states: shown === 'live' ? LIVE : ENDED, search };
  const { data, error } = useLiveQuery(SubscriptionsDocument, { filter, ...list.page }, 'CloudSubscription');
  const requests = useLatestRequests();
  return (
    <Page title="Subscriptions">
      <Group>
        <SegmentedControl
          aria-label="Which subscriptions"
          value={shown}
          onChange={value => list.filter('shown', value)}
          data={[
            { value: 'live', label: 'Active' },
            { value: 'ended', label: 'Ended' },
          ]}
        />
        <SearchField list={list} label="name, customer, product, SKU or id at the provider" />
      </Group>
      {!data && (error ? <Failed error={error} /> : <Waiting />)}
      {data?.subscriptions.nodes.length === 0 && (
        <Empty title="No subscriptions here">
          {shown === 'live' && !search && 'What is ordered appears here.'}
        </Empty>
      )}
      <Stack gap="sm">
        {data?.subscriptions.nodes.map(subscription => (
          <SubscriptionCard
            key={subscription.id}
            subscription={subscription}
            request={requests.get(subscription.id)}
          />
        ))}
      </Stack>
      {data && <PageButtons list={list} info={data.subscriptions.pageInfo} />}
    </Page>
  );
}

function SubscriptionCard(props: {
  subscription: SubscriptionSummaryFragment;
  request: LatestRequest | undefined;
}) {
  const { subscription, request } = props;
  const { id, friendlyName, account, product, addons, capacityBytes, billingCycle } = subscription;
  return (
    <Card withBorder padding="md" component="article" aria-label={friendlyName}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="sm">
        <div style={{ minWidth: 0 }}>
          <Group gap="xs">
            <Anchor
              component={Link}
              href={`/subscriptions/${id}`}
              fw={600}
              style={{ overflowWrap: 'anywhere' }}
            >
              <bdi>{friendlyName}</bdi>
            </Anchor>
            <SubscriptionBadges subscription={subscription} />
          </Group>
          <Text size="sm">
            <bdi>{account.name}</bdi> · <bdi>{product.name}</bdi>
            {addons.map(({ addon, quantity }) => (
              <Fragment key={addon.id}>
                , {quantity} × <bdi>{addon.name}</bdi>
              </Fragment>
            ))}
          </Text>
          <Text size="xs" c="dimmed">
            {capacityBytes === '0' ? 'Nothing granted' : `${storage(capacityBytes)} granted`} ·{' '}
            {recurring(subscription.recurringTotal, billingCycle)}
          </Text>
          <CancellationOutcome request={request} />
        </div>
        <SubscriptionActions subscription={subscription} />
      </Group>
    </Card>
  );
}

/** Badges of the state, the synchronization and an open request. */
export function SubscriptionBadges({ subscription }: { subscription: SubscriptionSummaryFragment }) {
  const { state, syncState, cancellationRequest } = subscription;
  return (
    <>
      <StateBadge state={state} />
      {syncState === 'FAILED' && <StateBadge state="FAILED" label="Provisioning failed" />}
      {cancellationRequest?.state === 'PENDING' && (
        <StateBadge state="PENDING_CANCELLATION" label="Cancellation requested" />
      )}
      {cancellationRequest?.state === 'ACCEPTED' && (
        <StateBadge state="PENDING_CANCELLATION" label="Cancellation accepted" />
      )}
    </>
  );
}

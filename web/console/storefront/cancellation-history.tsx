import { Card, Group, Stack, Text, Title } from '@mantine/core';
import { CancellationHistoryDocument, type CancellationHistoryQuery } from '../../generated/graphql';
import { useLiveQuery } from '../data/live-query';
import { atMinute } from '../parts/format';
import { StateBadge } from '../parts/states';

/** Cancellation request with its decision. */
export type LatestRequest = CancellationHistoryQuery['cancellationRequests']['nodes'][number];

/** Number of requests that are searched for the latest one of each subscription in a list. */
const LATEST = 20;
/** Number of requests on the page of a subscription. */
const SHOWN = 10;

/** Outcome of a request that did not end the subscription, in a sentence. Null for other states. */
function outcome({ state, decidedBy, decisionNote }: LatestRequest): string | null {
  if (state === 'FAILED') return 'The cancellation failed: the subscription continues.';
  if (state !== 'REJECTED') return null;
  const by = decidedBy ? ` by ${decidedBy.name}` : '';
  return `Cancellation rejected${by}${decisionNote ? `: “${decisionNote}”` : ', without a note.'}`;
}

/** Latest requests by subscription, for a list.  */
export function useLatestRequests(): ReadonlyMap<string, LatestRequest> {
  const { data } = useLiveQuery(CancellationHistoryDocument, { first: LATEST }, 'CancellationRequest');
  // Newest first, so that the newest overwrites the older ones.
  return new Map(data?.cancellationRequests.nodes.toReversed().map(each => [each.subscription.id, each]));
}

/** Sentence about the latest request of a subscription, if it was rejected or failed. */
export function CancellationOutcome({ request }: { request: LatestRequest | undefined }) {
  const text = request && outcome(request);
  if (!text) return null;
  return (
    <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
      {text}
    </Text>
  );
}

/** Cancellation requests of a subscription with their decisions, newest first. Hidden if there are none. */
export function CancellationHistory({ subscriptionId }: { subscriptionId: string }) {
  const variables = { subscriptionId, first: SHOWN };
  const { data } = useLiveQuery(CancellationHistoryDocument, variables, 'CancellationRequest');
  const requests = data?.cancellationRequests.nodes ?? [];
  if (requests.length === 0) return null;
  return (
    <Card withBorder padding="lg" component="section" aria-labelledby="cancellations">
      <Stack gap="sm">
        <Title order={2} size="h4" id="cancellations">
          Cancellation requests
        </Title>
        {requests.map(request => (
          <div key={request.id}>
            <Group justify="space-between" gap="xs">
              <Text size="sm">
                {request.timing === 'IMMEDIATE' ? 'Immediately' : 'At the end of the billing period'}
              </Text>
              <StateBadge state={request.state} />
            </Group>
            <Text size="xs" c="dimmed">
              Requested by {request.requestedBy.name}, {atMinute(request.requestedAt)}
              {request.decidedAt && ` · decided ${atMinute(request.decidedAt)}`}
            </Text>
            {request.reason && (
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                Reason: “{request.reason}”
              </Text>
            )}
            <CancellationOutcome request={request} />
          </div>
        ))}
      </Stack>
    </Card>
  );
}

import { Card, Group, Stack, Text, Title } from '@mantine/core';
import { Trans, useTranslation } from 'react-i18next';
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

/** Latest requests by subscription, for a list.  */
export function useLatestRequests(): ReadonlyMap<string, LatestRequest> {
  const { data } = useLiveQuery(CancellationHistoryDocument, { first: LATEST }, 'CancellationRequest');
  // Newest first, so that the newest overwrites the older ones.
  return new Map(data?.cancellationRequests.nodes.toReversed().map(each => [each.subscription.id, each]));
}

/** Outcome of a request that did not end the subscription, in a sentence. Null for other states. */
function useOutcome(request: LatestRequest | undefined): string | null {
  const { t } = useTranslation('subscriptions');
  if (request?.state === 'FAILED') return t('cancellations.failed');
  if (request?.state !== 'REJECTED') return null;
  const { decidedBy, decisionNote: note } = request;
  const rejected = decidedBy
    ? t('cancellations.rejectedBy', { name: decidedBy.name })
    : t('cancellations.rejected');
  return note ? t('cancellations.withNote', { rejected, note }) : t('cancellations.noNote', { rejected });
}

/** Sentence about the latest request of a subscription, if it was rejected or failed. */
export function CancellationOutcome({ request }: { request: LatestRequest | undefined }) {
  const text = useOutcome(request);
  if (!text) return null;
  return (
    <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
      {text}
    </Text>
  );
}

/** Cancellation requests of a subscription with their decisions, newest first. Hidden if there are none. */
export function CancellationHistory({ subscriptionId }: { subscriptionId: string }) {
  const { t } = useTranslation('subscriptions');
  const variables = { subscriptionId, first: SHOWN };
  const { data } = useLiveQuery(CancellationHistoryDocument, variables, 'CancellationRequest');
  const requests = data?.cancellationRequests.nodes ?? [];
  if (requests.length === 0) return null;
  return (
    <Card withBorder padding="lg" component="section" aria-labelledby="cancellations">
      <Stack gap="sm">
        <Title order={2} size="h4" id="cancellations">
          {t('cancellations.title')}
        </Title>
        {requests.map(request => (
          <div key={request.id}>
            <Group justify="space-between" gap="xs">
              <Text size="sm">{t(`timing.${request.timing}`)}</Text>
              <StateBadge state={request.state} />
            </Group>
            <Text size="xs" c="dimmed">
              <Trans
                t={t}
                i18nKey="requestedBy"
                values={{ name: request.requestedBy.name, at: atMinute(request.requestedAt) }}
                components={{ bdi: <bdi /> }}
              />
              {request.decidedAt && ` · ${t('decidedAt', { at: atMinute(request.decidedAt) })}`}
            </Text>
            {request.reason && (
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                {t('reasonIs', { reason: request.reason })}
              </Text>
            )}
            <CancellationOutcome request={request} />
          </div>
        ))}
      </Stack>
    </Card>
  );
}

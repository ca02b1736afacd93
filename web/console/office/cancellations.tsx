import { Button, Card, Group, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import {
  type CancellationDecision,
  type CancellationFieldsFragment,
  type CancellationRequestState,
  CancellationRequestsDocument,
  DecideCancellationDocument,
} from '../../generated/graphql';
import { useAction } from '../data/action';
import { useLiveQuery } from '../data/live-query';
import { useIdempotencyKey } from '../data/new-key';
import { ActionButton } from '../parts/action-button';
import { atMinute, codeName } from '../parts/format';
import { useListState } from '../parts/list-state';
import { Page } from '../parts/page';
import { PageButtons } from '../parts/pages';
import { Empty, Failed, StateBadge, Waiting } from '../parts/states';
import { fieldError, TroubleAlert } from '../parts/trouble';

const SHOWN: Record<string, CancellationRequestState[] | null> = { 'To decide': ['PENDING'], All: null };

/** Page of the cancellation requests, with the decision on pending ones. */
export function Cancellations() {
  const list = useListState();
  const shown = list.read('shown') || 'To decide';
  const variables = { filter: { states: SHOWN[shown] ?? null }, ...list.page };
  const { data, error } = useLiveQuery(CancellationRequestsDocument, variables, 'CancellationRequest');
  const requests = data?.cancellationRequests;
  return (
    <Page title="Cancellations" lead="A subscription ends only when its request is accepted.">
      <SegmentedControl
        aria-label="Which requests"
        style={{ alignSelf: 'flex-start' }}
        value={shown}
        onChange={value => list.filter('shown', value)}
        data={Object.keys(SHOWN)}
      />
      {!requests && (error ? <Failed error={error} /> : <Waiting />)}
      {requests?.nodes.length === 0 && (
        <Empty title={shown === 'To decide' ? 'Nothing to decide' : 'No requests yet'}>
          When a customer asks for the end of a subscription, it appears here.
        </Empty>
      )}
      <Stack gap="sm">
        {requests?.nodes.map(request => (
          <RequestCard key={request.id} request={request} />
        ))}
      </Stack>
      {requests && <PageButtons list={list} info={requests.pageInfo} />}
    </Page>
  );
}

function RequestCard({ request }: { request: CancellationFieldsFragment }) {
  const { subscription, requestedBy, requestedAt, reason, timing, state, decisionNote, awaiting } = request;
  const decides = subscription.availableActions.some(
    ({ action, allowed }) => action === 'DECIDE_CANCELLATION' && allowed,
  );
  return (
    <Card withBorder padding="md" component="article" aria-label={subscription.friendlyName}>
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <div>
            <Text fw={600}>
              <bdi>{subscription.friendlyName}</bdi> of <bdi>{subscription.account.name}</bdi>
            </Text>
            <Text size="sm" c="dimmed">
              <bdi>{subscription.product.name}</bdi> · asked by <bdi>{requestedBy.name}</bdi>,{' '}
              {atMinute(requestedAt)}
            </Text>
          </div>
          <StateBadge state={state} />
        </Group>
        <Text size="sm">
          {timing === 'IMMEDIATE' ? 'To end as soon as it is accepted.' : 'To end with the billing period.'}
          {reason && ` “${reason}”`}
        </Text>
        {decisionNote && <Text size="sm">Answer: “{decisionNote}”</Text>}
        {awaiting && !decides && (
          <Text size="sm" c="dimmed">
            Awaits the {codeName('deciders', awaiting).toLowerCase()}.
          </Text>
        )}
        {awaiting && decides && <Decision request={request} />}
      </Stack>
    </Card>
  );
}

function Decision({ request }: { request: CancellationFieldsFragment }) {
  const decide = useAction(DecideCancellationDocument);
  const keyFor = useIdempotencyKey();
  const [note, setNote] = useState('');
  const run = (decision: CancellationDecision) => {
    const what = { requestId: request.id, decision, note: note || null, expectedVersion: request.version };
    return decide.run({ input: { ...what, idempotencyKey: keyFor(what) } });
  };
  const name = request.subscription.friendlyName;
  return (
    <>
      <TroubleAlert trouble={decide.trouble} fields={['note']} />
      <Group align="flex-end">
        <Textarea
          label="Note to the requester (optional)"
          maxLength={1000}
          autosize
          minRows={1}
          flex={1}
          miw={220}
          value={note}
          error={fieldError(decide.trouble, 'note')}
          onChange={event => setNote(event.currentTarget.value)}
        />
        <Group gap="xs">
          <Button
            variant="default"
            aria-label={`Reject the cancellation of ${name}`}
            disabled={decide.busy}
            onClick={() => run('REJECT')}
          >
            Reject
          </Button>
          <ActionButton
            color="red.9"
            aria-label={`Accept the cancellation of ${name}`}
            loading={decide.busy}
            onClick={() => run('ACCEPT')}
          >
            Accept
          </ActionButton>
        </Group>
      </Group>
    </>
  );
}

import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type CancellationDecision,
  type CancellationFieldsFragment,
  DecideCancellationDocument,
} from '../../generated/graphql';
import { useAction } from '../data/action';
import { useIdempotencyKey } from '../data/new-key';
import { ActionButton } from '../parts/action-button';
import { codeName } from '../parts/format';
import { fieldError, TroubleAlert } from '../parts/trouble';

/** Buttons that decide a pending request, or the decider whom it awaits. */
export function DecisionButtons({ request }: { request: CancellationFieldsFragment }) {
  const { t } = useTranslation(['office', 'common']);
  const [decision, setDecision] = useState<CancellationDecision | null>(null);
  const { awaiting, subscription } = request;
  if (!awaiting) return null;
  const decides = subscription.availableActions.some(
    ({ action, allowed }) => action === 'DECIDE_CANCELLATION' && allowed,
  );
  if (!decides)
    return (
      <Text size="sm" c="dimmed">
        {t('list.awaits', { decider: codeName('deciders', awaiting) })}
      </Text>
    );
  const name = subscription.friendlyName;
  return (
    <>
      <Group gap="xs" justify="flex-end">
        <Button
          size="xs"
          variant="default"
          aria-label={t('list.rejectName', { name })}
          onClick={() => setDecision('REJECT')}
        >
          {t('list.reject')}
        </Button>
        <Button
          size="xs"
          color="red.9"
          aria-label={t('list.acceptName', { name })}
          onClick={() => setDecision('ACCEPT')}
        >
          {t('list.accept')}
        </Button>
      </Group>
      {decision && <DecisionDialog request={request} decision={decision} onClose={() => setDecision(null)} />}
    </>
  );
}

interface DialogProps {
  request: CancellationFieldsFragment;
  decision: CancellationDecision;
  onClose(): void;
}

/** Dialog that says what a decision does, takes a note, and decides. */
function DecisionDialog({ request, decision, onClose }: DialogProps) {
  const { t } = useTranslation(['office', 'common']);
  const decide = useAction(DecideCancellationDocument, 'CloudSubscription');
  const keyFor = useIdempotencyKey();
  const [note, setNote] = useState('');
  const accepts = decision === 'ACCEPT';
  const { friendlyName: name, account } = request.subscription;
  const run = async () => {
    const what = { requestId: request.id, decision, note: note || null, expectedVersion: request.version };
    if (await decide.run({ input: { ...what, idempotencyKey: keyFor(what) } })) onClose();
  };
  const effect = accepts ? (`list.effects.${request.timing}` as const) : 'list.effects.REJECT';
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(accepts ? 'list.acceptName' : 'list.rejectName', { name })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack>
        <Text size="sm">{t(effect, { name, customer: account.name })}</Text>
        {request.reason && (
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {t('list.reasonOf', { reason: request.reason })}
          </Text>
        )}
        <TroubleAlert trouble={decide.trouble} fields={['note']} />
        <Textarea
          label={t('list.noteToRequester')}
          maxLength={1000}
          autosize
          minRows={2}
          data-autofocus
          value={note}
          error={fieldError(decide.trouble, 'note')}
          onChange={event => setNote(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('list.notNow')}
          </Button>
          <ActionButton {...(accepts && { color: 'red.9' })} loading={decide.busy} onClick={run}>
            {t(accepts ? 'list.accept' : 'list.reject')}
          </ActionButton>
        </Group>
      </Stack>
    </Modal>
  );
}

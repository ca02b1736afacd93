import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AbandonOperationDocument, RetryProvisioningDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { useIdempotencyKey } from '../data/new-key';
import { staff } from '../session/audience';
import { useViewer } from '../session/viewer';
import { ActionButton } from './action-button';
import { atMoment } from './format';
import { type Operation, useNewest } from './operation';
import { fieldError, TroubleAlert } from './trouble';

/** Types that a retry and an abandonment change besides the operation. */
const TOUCHED = 'CloudSubscription Order';

/** Buttons that retry or abandon a failed operation. Hidden from viewers who do not work for the distributor. */
export function FailedActions({ operation: read }: { operation: Operation }) {
  const { t } = useTranslation();
  const operation = useNewest(read);
  const retry = useAction(RetryProvisioningDocument, TOUCHED);
  const keyFor = useIdempotencyKey();
  const [abandons, setAbandons] = useState(false);
  const [retried, setRetried] = useState<string | null>(null);
  const isStaff = staff(useViewer());
  if (!isStaff || operation.state !== 'FAILED') return null;
  const { id, finishedAt, subscription } = operation;
  // A failure has a key of its own, so that every failure can be retried once.
  const send = async () => {
    const idempotencyKey = keyFor({ id, failedAt: finishedAt });
    if (await retry.run({ input: { operationId: id, idempotencyKey } })) setRetried(finishedAt);
  };
  return (
    <>
      <TroubleAlert trouble={retry.trouble} />
      {retried && finishedAt && retried !== finishedAt && (
        <Text size="sm" role="alert">
          {t('operation.retryFailed', { at: atMoment(finishedAt) })}
        </Text>
      )}
      <Group gap="xs" justify="flex-end">
        <Button
          size="xs"
          variant="default"
          aria-label={t('operation.abandonName', { name: subscription.friendlyName })}
          disabled={retry.busy}
          onClick={() => setAbandons(true)}
        >
          {t('operation.abandon')}
        </Button>
        <ActionButton
          size="xs"
          aria-label={t('operation.retryName', { name: subscription.friendlyName })}
          loading={retry.busy}
          onClick={send}
        >
          {t('operation.retry')}
        </ActionButton>
      </Group>
      {abandons && <AbandonDialog operation={operation} onClose={() => setAbandons(false)} />}
    </>
  );
}

function AbandonDialog({ operation, onClose }: { operation: Operation; onClose(): void }) {
  const { t } = useTranslation();
  const abandon = useAction(AbandonOperationDocument, TOUCHED);
  const keyFor = useIdempotencyKey();
  const [reason, setReason] = useState('');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const what = { operationId: operation.id, reason };
    if (await abandon.run({ input: { ...what, idempotencyKey: keyFor(what) } })) onClose();
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('operation.abandonName', { name: operation.subscription.friendlyName })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">{t('operation.abandonHint')}</Text>
          <TroubleAlert trouble={abandon.trouble} fields={['reason']} />
          <Textarea
            label={t('reason')}
            required
            maxLength={1000}
            autosize
            minRows={2}
            data-autofocus
            value={reason}
            error={fieldError(abandon.trouble, 'reason')}
            onChange={event => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('keep')}
            </Button>
            <ActionButton type="submit" color="red.9" loading={abandon.busy}>
              {t('operation.abandon')}
            </ActionButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

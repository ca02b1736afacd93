import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RetryProvisioningDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { useIdempotencyKey } from '../data/new-key';
import { staff } from '../session/audience';
import { useViewer } from '../session/viewer';
import { AbandonDialog } from '../subscriptions/abandon-dialog';
import type { Subject } from '../subscriptions/may-do';
import { ActionButton } from './action-button';
import { atMoment } from './format';
import { type Operation, useNewest } from './operation';
import { TroubleAlert } from './trouble';

/** Types that a retry and an abandonment change besides the operation. */
const TOUCHED = 'CloudSubscription Order';

interface FailedActionsProps {
  operation: Operation;
  /** Subscription of the operation with its available actions, where they are read. */
  subscription?: Subject;
}

/** Buttons that retry or abandon a failed operation. Hidden from viewers who do not work for the distributor. */
export function FailedActions({ operation: read, subscription: subject }: FailedActionsProps) {
  const { t } = useTranslation();
  const operation = useNewest(read);
  const retry = useAction(RetryProvisioningDocument, TOUCHED);
  const keyFor = useIdempotencyKey();
  const [abandons, setAbandons] = useState(false);
  const [retried, setRetried] = useState<string | null>(null);
  const isStaff = staff(useViewer());
  if (!isStaff || operation.state !== 'FAILED') return null;
  const { id, finishedAt, subscription } = operation;
  const blockedBy = (action: 'RETRY_PROVISIONING' | 'ABANDON') =>
    subject?.availableActions.find(each => each.action === action)?.blockedBy;
  const [noRetry, noAbandonment] = [blockedBy('RETRY_PROVISIONING'), blockedBy('ABANDON')];
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
      {(noRetry ?? noAbandonment) && (
        <Text size="xs" c="dimmed">
          {(noRetry ?? noAbandonment)?.message}
        </Text>
      )}
      <Group gap="xs" justify="flex-end">
        <Button
          size="xs"
          variant="default"
          aria-label={t('operation.abandonName', { name: subscription.friendlyName })}
          disabled={retry.busy || Boolean(noAbandonment)}
          onClick={() => setAbandons(true)}
        >
          {t('operation.abandon')}
        </Button>
        <ActionButton
          size="xs"
          aria-label={t('operation.retryName', { name: subscription.friendlyName })}
          disabled={Boolean(noRetry)}
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

import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ExecuteOrderDocument, type OrderAction, type OrderSummaryFragment } from '../../generated/graphql';
import { useAction } from '../data/action';
import { useIdempotencyKey } from '../data/new-key';
import { ActionButton } from '../parts/action-button';
import { ErrorText } from '../parts/error-text';
import { TroubleAlert } from '../parts/trouble';
import { WithdrawDialog } from './withdraw-dialog';

/** Buttons that execute or withdraw an order that waits. What is blocked is disabled, with the reason. */
export function OrderActions({ order }: { order: OrderSummaryFragment }) {
  const { t } = useTranslation('office');
  const execute = useAction(ExecuteOrderDocument);
  const keyFor = useIdempotencyKey();
  const [withdraws, setWithdraws] = useState(false);
  const found = (wanted: OrderAction) => {
    const availability = order.availableActions.find(({ action }) => action === wanted);
    // An action of other roles is none of this viewer.
    return availability?.blockedBy?.code === 'FORBIDDEN' ? undefined : availability;
  };
  const [execution, withdrawal] = [found('EXECUTE'), found('CANCEL')];
  if (order.state !== 'SUBMITTED' || !(execution || withdrawal)) return null;
  const { number } = order;
  const what = { orderId: order.id, expectedVersion: order.version };
  const blockedBy = execution?.blockedBy ?? withdrawal?.blockedBy;
  return (
    <Stack gap="xs" align="flex-end">
      <Group gap="xs">
        {withdrawal && (
          <Button
            variant="default"
            size="xs"
            aria-label={t('actions.withdrawName', { number })}
            disabled={!withdrawal.allowed || execute.busy}
            onClick={() => setWithdraws(true)}
          >
            {t('actions.withdraw')}
          </Button>
        )}
        {execution && (
          <ActionButton
            size="xs"
            aria-label={t('actions.executeName', { number })}
            disabled={!execution.allowed}
            loading={execute.busy}
            onClick={() => execute.run({ input: { ...what, idempotencyKey: keyFor(what) } })}
          >
            {t('actions.execute')}
          </ActionButton>
        )}
      </Group>
      {blockedBy && (
        <Text size="xs" c="dimmed" maw={320} ta="end">
          <ErrorText error={blockedBy} />
        </Text>
      )}
      <TroubleAlert trouble={execute.trouble} />
      {withdraws && <WithdrawDialog order={order} onClose={() => setWithdraws(false)} />}
    </Stack>
  );
}

import { Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  CancelOrderDocument,
  ExecuteOrderDocument,
  type OrderAction,
  type OrderSummaryFragment,
} from '../../generated/graphql';
import { useAction } from '../data/action';
import { useIdempotencyKey } from '../data/new-key';
import { ActionButton } from '../parts/action-button';
import { TroubleAlert } from '../parts/trouble';

/** Buttons that execute or cancel an order, if the action is available. */
export function OrderActions({ order }: { order: OrderSummaryFragment }) {
  const { t } = useTranslation('office');
  const execute = useAction(ExecuteOrderDocument);
  const cancel = useAction(CancelOrderDocument);
  const keyFor = useIdempotencyKey();
  const can = (action: OrderAction) =>
    order.availableActions.some(each => each.action === action && each.allowed);
  const what = { orderId: order.id, expectedVersion: order.version };
  if (!can('EXECUTE') && !can('CANCEL')) return null;
  return (
    <Stack gap="xs" align="flex-end">
      <Group gap="xs">
        {can('CANCEL') && (
          <ActionButton
            variant="default"
            size="xs"
            aria-label={t('actions.withdrawName', { number: order.number })}
            loading={cancel.busy}
            onClick={() => cancel.run({ input: what })}
          >
            {t('actions.withdraw')}
          </ActionButton>
        )}
        {can('EXECUTE') && (
          <ActionButton
            size="xs"
            aria-label={t('actions.executeName', { number: order.number })}
            loading={execute.busy}
            onClick={() => execute.run({ input: { ...what, idempotencyKey: keyFor(what) } })}
          >
            {t('actions.execute')}
          </ActionButton>
        )}
      </Group>
      <TroubleAlert trouble={execute.trouble} />
      <TroubleAlert trouble={cancel.trouble} />
    </Stack>
  );
}

import { Text } from '@mantine/core';
import { Trans, useTranslation } from 'react-i18next';
import { CancelOrderDocument, type OrderSummaryFragment } from '../../generated/graphql';
import { useAction } from '../data/action';
import { FormDialog } from '../parts/form-dialog';

/** Dialog that says what the withdrawal of an order does, and withdraws it. */
export function WithdrawDialog({ order, onClose }: { order: OrderSummaryFragment; onClose(): void }) {
  const { t } = useTranslation('office');
  const cancel = useAction(CancelOrderDocument);
  const { id, number, version, recipient } = order;
  return (
    <FormDialog
      title={t('actions.withdrawTitle', { number })}
      submit={t('actions.withdrawSubmit')}
      keep={t('actions.keep')}
      dangerous
      action={cancel}
      onSubmit={() => cancel.run({ input: { orderId: id, expectedVersion: version } })}
      onClose={onClose}
    >
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        <Trans
          t={t}
          i18nKey="actions.withdrawEffect"
          values={{ customer: recipient.name }}
          components={{ name: <bdi /> }}
        />
      </Text>
    </FormDialog>
  );
}

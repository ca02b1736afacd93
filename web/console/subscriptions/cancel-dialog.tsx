import { Radio, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type CancellationTiming,
  RequestCancellationDocument,
  type SubscriptionSummaryFragment,
} from '../../generated/graphql';
import { useAction } from '../data/action';
import { useIdempotencyKey } from '../data/new-key';
import { FormDialog } from '../parts/form-dialog';
import { onDay } from '../parts/format';
import { fieldError } from '../parts/trouble';

/** Dialog that requests the cancellation of a subscription. */
export function CancelDialog(props: { subscription: SubscriptionSummaryFragment; onClose(): void }) {
  const { t } = useTranslation('subscriptions');
  const { id, friendlyName, currentPeriodEnd } = props.subscription;
  const request = useAction(RequestCancellationDocument);
  const keyFor = useIdempotencyKey();
  const [timing, setTiming] = useState<CancellationTiming>('IMMEDIATE');
  const [reason, setReason] = useState('');
  const submit = () => {
    const what = { subscriptionId: id, timing, reason: reason || null };
    return request.run({ input: { ...what, idempotencyKey: keyFor(what) } });
  };
  return (
    <FormDialog
      title={t('cancel.title', { name: friendlyName })}
      submit={t('cancel.submit')}
      keep={t('keepIt')}
      dangerous
      action={request}
      fields={['reason']}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <Text size="sm">{t('cancel.hint')}</Text>
      <Radio.Group
        label={t('cancel.when')}
        value={timing}
        onChange={value => setTiming(value as CancellationTiming)}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="IMMEDIATE" label={t('cancel.immediate')} />
          <Radio
            value="END_OF_PERIOD"
            disabled={!currentPeriodEnd}
            label={
              currentPeriodEnd
                ? t('cancel.endOfPeriodOn', { day: onDay(currentPeriodEnd) })
                : t('cancel.endOfPeriod')
            }
          />
        </Stack>
      </Radio.Group>
      <Textarea
        label={t('cancel.why')}
        maxLength={1000}
        autosize
        minRows={2}
        value={reason}
        error={fieldError(request.trouble, 'reason')}
        onChange={event => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

import { Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { CreateAdjustmentDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { useIdempotencyKey } from '../data/new-key';
import { FormDialog } from '../parts/form-dialog';
import { type Amount, money } from '../parts/format';
import { fieldError } from '../parts/trouble';
import { decimalOf } from './decimal';

interface AdjustmentDialogProps {
  subscription: {
    readonly id: string;
    readonly friendlyName: string;
    readonly recurringTotal: Amount | null;
    readonly reseller: { readonly name: string } | null;
    readonly account: { readonly name: string };
  };
  onClose(): void;
}

/** Dialog that adds an amount to the ledger of a subscription, or gives money back. Says which before it is sent. */
export function AdjustmentDialog({ subscription, onClose }: AdjustmentDialogProps) {
  const { t } = useTranslation('money');
  const create = useAction(CreateAdjustmentDocument, 'Charge CloudSubscription');
  const keyFor = useIdempotencyKey();
  const [sign, setSign] = useState<'charge' | 'credit'>('credit');
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const amount = decimalOf(text);
  const currency = subscription.recurringTotal?.currency ?? '';
  const payer = subscription.reseller ?? subscription.account;

  const submit = async () => {
    if (amount === null) return null;
    const signed = sign === 'credit' ? `-${amount}` : amount;
    const what = { subscriptionId: subscription.id, amount: signed, reason };
    return create.run({ input: { ...what, idempotencyKey: keyFor(what) } });
  };
  return (
    <FormDialog
      title={t('adjust.title', { name: subscription.friendlyName })}
      submit={t('adjust.submit')}
      disabled={amount === null}
      action={create}
      fields={['amount', 'reason']}
      onSubmit={submit}
      onClose={onClose}
    >
      <Radio.Group
        label={t('adjust.sign')}
        value={sign}
        onChange={value => setSign(value === 'charge' ? 'charge' : 'credit')}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="credit" label={t('adjust.credit')} />
          <Radio value="charge" label={t('adjust.charge')} />
        </Stack>
      </Radio.Group>
      <TextInput
        label={t('adjust.amount', { currency })}
        required
        inputMode="decimal"
        data-autofocus
        value={text}
        error={text !== '' && amount === null ? t('notAnAmount') : fieldError(create.trouble, 'amount')}
        onChange={event => setText(event.currentTarget.value)}
      />
      <Textarea
        label={t('adjust.reason')}
        description={t('adjust.reasonHint')}
        required
        maxLength={1000}
        autosize
        minRows={2}
        value={reason}
        error={fieldError(create.trouble, 'reason')}
        onChange={event => setReason(event.currentTarget.value)}
      />
      <Text size="sm" role="status">
        {amount === null ? (
          t('adjust.none')
        ) : (
          <Trans
            t={t}
            i18nKey={sign === 'credit' ? 'adjust.givesBack' : 'adjust.charges'}
            values={{ amount: money({ amount, currency }), payer: payer.name }}
            components={{ bdi: <bdi />, strong: <strong /> }}
          />
        )}
      </Text>
    </FormDialog>
  );
}

import { Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { AbandonOperationDocument, OperationToAbandonDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { useIdempotencyKey } from '../data/new-key';
import { FormDialog } from '../parts/form-dialog';
import { Failed, Waiting } from '../parts/states';
import { fieldError } from '../parts/trouble';
import { Consequences } from './consequences';

interface AbandonDialogProps {
  operation: { readonly id: string; readonly subscription: { readonly friendlyName: string } };
  onClose(): void;
}

/** Dialog that abandons a failed operation. Says what that undoes, as the gateway has it when the dialog opens. */
export function AbandonDialog({ operation, onClose }: AbandonDialogProps) {
  const { t } = useTranslation('subscriptions');
  const abandon = useAction(AbandonOperationDocument, 'CloudSubscription Order');
  const keyFor = useIdempotencyKey();
  const [reason, setReason] = useState('');
  const [{ data, error, fetching }] = useQuery({
    query: OperationToAbandonDocument,
    variables: { id: operation.id },
    requestPolicy: 'network-only',
  });
  const read = fetching ? null : data?.operation;
  const submit = () => {
    const what = { operationId: operation.id, reason };
    return abandon.run({ input: { ...what, idempotencyKey: keyFor(what) } });
  };
  return (
    <FormDialog
      title={t('abandon.title', { name: operation.subscription.friendlyName })}
      submit={t('abandon.submit')}
      keep={t('keepIt')}
      dangerous
      disabled={!read}
      action={abandon}
      fields={['reason']}
      onSubmit={submit}
      onClose={onClose}
    >
      <Stack gap="xs" component="section" aria-label={t('abandon.consequences')}>
        <Text size="sm">{t('abandon.hint')}</Text>
        {read && <Consequences operation={read} />}
        {!read && (error ? <Failed error={error} /> : <Waiting rows={1} />)}
      </Stack>
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
    </FormDialog>
  );
}

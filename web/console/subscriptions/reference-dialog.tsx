import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SetSubscriptionReferenceDocument, type SubscriptionSummaryFragment } from '../../generated/graphql';
import { useAction } from '../data/action';
import { FormDialog } from '../parts/form-dialog';
import { fieldError } from '../parts/trouble';

/** Dialog that sets or clears the external reference of a subscription. */
export function ReferenceDialog(props: { subscription: SubscriptionSummaryFragment; onClose(): void }) {
  const { t } = useTranslation('subscriptions');
  const { id, friendlyName } = props.subscription;
  const set = useAction(SetSubscriptionReferenceDocument);
  const [reference, setReference] = useState(props.subscription.externalReference ?? '');
  return (
    <FormDialog
      title={t('reference.title', { name: friendlyName })}
      submit={t('reference.submit')}
      action={set}
      fields={['externalReference']}
      onSubmit={() => set.run({ input: { id, externalReference: reference } })}
      onClose={props.onClose}
    >
      <TextInput
        label={t('reference.label')}
        description={t('reference.hint')}
        maxLength={100}
        data-autofocus
        value={reference}
        error={fieldError(set.trouble, 'externalReference')}
        onChange={event => setReference(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

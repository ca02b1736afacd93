import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RenameSubscriptionDocument, type SubscriptionSummaryFragment } from '../../generated/graphql';
import { useAction } from '../data/action';
import { FormDialog } from '../parts/form-dialog';
import { fieldError } from '../parts/trouble';

/** Dialog that renames a subscription. */
export function RenameDialog(props: { subscription: SubscriptionSummaryFragment; onClose(): void }) {
  const { t } = useTranslation('subscriptions');
  const { id, friendlyName, version } = props.subscription;
  const rename = useAction(RenameSubscriptionDocument);
  const [name, setName] = useState(friendlyName);
  return (
    <FormDialog
      title={t('rename.title', { name: friendlyName })}
      submit={t('rename.submit')}
      action={rename}
      fields={['friendlyName']}
      onSubmit={() =>
        rename.run({ input: { subscriptionId: id, friendlyName: name, expectedVersion: version } })
      }
      onClose={props.onClose}
    >
      <TextInput
        label={t('rename.name')}
        required
        maxLength={100}
        data-autofocus
        value={name}
        error={fieldError(rename.trouble, 'friendlyName')}
        onChange={event => setName(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

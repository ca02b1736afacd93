import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SetAccountReferenceDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { fieldError } from '../parts/trouble';
import type { AccountDialogProps } from './account-dialog';
import { FormDialog } from './form-dialog';

/** Dialog that sets or clears the reference of an account in another system. */
export function ReferenceDialog({ account, onClose }: AccountDialogProps) {
  const { t } = useTranslation('partners');
  const set = useAction(SetAccountReferenceDocument, 'Account');
  const [reference, setReference] = useState(account.externalReference ?? '');
  return (
    <FormDialog
      title={t('accountActions.reference')}
      about={account.name}
      submit={t('save')}
      action={set}
      fields={['externalReference']}
      onSubmit={() => set.run({ input: { id: account.id, externalReference: reference.trim() || null } })}
      onClose={onClose}
    >
      <TextInput
        label={t('account.reference')}
        description={t('account.referenceHint')}
        maxLength={100}
        data-autofocus
        value={reference}
        error={fieldError(set.trouble, 'externalReference')}
        onChange={event => setReference(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

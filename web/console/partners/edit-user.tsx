import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { UpdateUserDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { fieldError } from '../parts/trouble';
import { FormDialog } from './form-dialog';
import type { UserDialogProps } from './user-dialog';

/** Dialog that changes the name and the e-mail address of a user. */
export function EditUserDialog({ user, onClose }: UserDialogProps) {
  const { t } = useTranslation('partners');
  const update = useAction(UpdateUserDocument);
  const [name, setName] = useState(user.name);
  const [email, setEmail] = useState(user.email ?? '');
  return (
    <FormDialog
      title={t('userActions.edit')}
      about={user.name}
      submit={t('save')}
      action={update}
      fields={['name', 'email']}
      onSubmit={() => update.run({ input: { userId: user.id, expectedVersion: user.version, name, email } })}
      onClose={onClose}
    >
      <TextInput
        label={t('user.name')}
        required
        maxLength={100}
        data-autofocus
        value={name}
        error={fieldError(update.trouble, 'name')}
        onChange={event => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t('user.email')}
        type="email"
        required
        value={email}
        error={fieldError(update.trouble, 'email')}
        onChange={event => setEmail(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

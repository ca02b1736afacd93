import { Text } from '@mantine/core';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { ResetUserPasswordDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { FormDialog } from './form-dialog';
import { SecretDialog } from './secret-dialog';
import type { UserDialogProps } from './user-dialog';

/** Dialog that resets the password of a user to a temporary one, which it then shows once. */
export function ResetPasswordDialog({ user, onClose }: UserDialogProps) {
  const { t } = useTranslation('partners');
  const reset = useAction(ResetUserPasswordDocument);
  const [secret, setSecret] = useState<string | null>(null);
  const { id: userId, version: expectedVersion, name, email } = user;
  const submit = async () => {
    const payload = await reset.run({ input: { userId, expectedVersion } });
    if (payload) setSecret(payload.oneTimePassword);
    // The dialog of the password follows.
    return null;
  };
  if (secret) {
    return (
      <SecretDialog
        title={t('secret.title')}
        secret={secret}
        hint={t('secret.hint', { email })}
        onClose={onClose}
      />
    );
  }
  return (
    <FormDialog
      title={t('userActions.password')}
      about={name}
      submit={t('userActions.password')}
      dangerous
      action={reset}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text size="sm">
        <Trans t={t} i18nKey="user.password" values={{ name }} components={{ bdi: <bdi /> }} />
      </Text>
    </FormDialog>
  );
}

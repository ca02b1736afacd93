import { Anchor, Card, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SignInDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { ActionButton } from '../parts/action-button';
import { fieldError, TroubleAlert } from '../parts/trouble';
import { DemoSignIns } from './demo-sign-ins';
import { PasswordField } from './password-field';
import { useSession } from './session';

/** Sign-in form. With demo data, also a list of users to sign in as with one click. */
export function SignInForm(props: { email: string; onEmail(email: string): void; onForgotten(): void }) {
  const { t } = useTranslation();
  const { email } = props;
  const { signedIn } = useSession();
  const signIn = useAction(SignInDocument);
  const [password, setPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const isTemporary = newPassword !== '' || fieldError(signIn.trouble, 'newPassword') !== undefined;

  const enter = async (input: { email: string; password: string; newPassword?: string }) => {
    const { email: who, password: own, newPassword: next } = input;
    const payload = await signIn.run({ input: { email: who, password: own, newPassword: next || null } });
    const { token, expiresAt, refreshToken } = payload ?? {};
    if (token && expiresAt && refreshToken) signedIn({ token, expiresAt, refreshToken });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void enter({ email, password, newPassword });
  };

  return (
    <>
      <TroubleAlert trouble={signIn.trouble} fields={['newPassword']} />
      <Card withBorder padding="lg">
        <form onSubmit={submit}>
          <Stack>
            <TextInput
              label={t('session.email')}
              type="email"
              autoComplete="username"
              required
              value={email}
              onChange={event => props.onEmail(event.currentTarget.value)}
            />
            <PasswordField
              label={t('session.password')}
              autoComplete="current-password"
              value={password}
              onChange={event => setPassword(event.currentTarget.value)}
            />
            {isTemporary && (
              <PasswordField
                label={t('session.ownPassword.label')}
                description={t('session.ownPassword.description')}
                autoComplete="new-password"
                error={fieldError(signIn.trouble, 'newPassword')}
                value={newPassword}
                onChange={event => setNewPassword(event.currentTarget.value)}
              />
            )}
            <ActionButton type="submit" loading={signIn.busy}>
              {t('session.signIn')}
            </ActionButton>
            <Anchor component="button" type="button" size="sm" onClick={props.onForgotten}>
              {t('session.forgotten.open')}
            </Anchor>
          </Stack>
        </form>
        <DemoSignIns disabled={signIn.busy} onChoose={enter} />
      </Card>
    </>
  );
}

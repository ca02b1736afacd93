import { Alert, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChangePasswordDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { Section } from '../partners/section';
import { ActionButton } from '../parts/action-button';
import { fieldError, TroubleAlert } from '../parts/trouble';
import { PasswordField } from '../session/password-field';
import { useSession } from '../session/session';

/** Form that changes the viewer's password. This tab stays signed in. */
export function PasswordForm() {
  const { t } = useTranslation('partners');
  const { replaceTokens } = useSession();
  const change = useAction(ChangePasswordDocument);
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [done, setDone] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setDone(false);
    const changed = await replaceTokens(async send => {
      const input = { currentPassword: current, newPassword: next };
      const { token, expiresAt, refreshToken } = (await change.run({ input }, { fetch: send })) ?? {};
      return token && expiresAt && refreshToken ? { token, expiresAt, refreshToken } : null;
    });
    if (!changed) return;
    setDone(true);
    setCurrent('');
    setNext('');
  };
  return (
    <Section title={t('settings.password.title')}>
      <form onSubmit={submit}>
        <Stack>
          <TroubleAlert trouble={change.trouble} fields={['currentPassword', 'newPassword']} />
          {done && (
            <Alert color="teal" role="status">
              {t('settings.password.done')}
            </Alert>
          )}
          <PasswordField
            label={t('settings.password.current')}
            autoComplete="current-password"
            value={current}
            error={fieldError(change.trouble, 'currentPassword')}
            onChange={event => setCurrent(event.currentTarget.value)}
          />
          <PasswordField
            label={t('settings.password.new')}
            description={t('settings.password.newHint')}
            autoComplete="new-password"
            maxLength={200}
            value={next}
            error={fieldError(change.trouble, 'newPassword')}
            onChange={event => setNext(event.currentTarget.value)}
          />
          <Text size="sm" c="dimmed">
            {t('settings.password.hint')}
          </Text>
          <ActionButton type="submit" loading={change.busy} style={{ alignSelf: 'flex-start' }}>
            {t('settings.password.submit')}
          </ActionButton>
        </Stack>
      </form>
    </Section>
  );
}

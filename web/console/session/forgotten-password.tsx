import { Alert, Anchor, Card, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RequestPasswordResetDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { ActionButton } from '../parts/action-button';
import { fieldError, TroubleAlert } from '../parts/trouble';

/** Form that requests a mail with a link for a new password. */
export function ForgottenPassword({ email: typed, onBack }: { email: string; onBack(): void }) {
  const { t } = useTranslation();
  const request = useAction(RequestPasswordResetDocument);
  const [email, setEmail] = useState(typed);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSentTo(null);
    if (await request.run({ input: { email } })) setSentTo(email);
  };
  return (
    <Card withBorder padding="lg">
      <form onSubmit={submit}>
        <Stack>
          <div>
            <Title order={2} size="h4">
              {t('session.forgotten.title')}
            </Title>
            <Text size="sm" c="dimmed">
              {t('session.forgotten.lead')}
            </Text>
          </div>
          <TroubleAlert trouble={request.trouble} fields={['email']} />
          {sentTo && (
            <Alert color="teal" role="status">
              {t('session.forgotten.sent', { email: sentTo })}
            </Alert>
          )}
          <TextInput
            label={t('session.email')}
            type="email"
            autoComplete="username"
            required
            autoFocus
            value={email}
            error={fieldError(request.trouble, 'email')}
            onChange={event => setEmail(event.currentTarget.value)}
          />
          <ActionButton type="submit" loading={request.busy}>
            {t('session.forgotten.send')}
          </ActionButton>
          <Anchor component="button" type="button" size="sm" onClick={onBack}>
            {t('session.forgotten.back')}
          </Anchor>
        </Stack>
      </form>
    </Card>
  );
}

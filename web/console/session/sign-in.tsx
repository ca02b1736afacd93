import { Alert, Anchor, Container, Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ForgottenPassword } from './forgotten-password';
import { LanguageLinks } from './language-links';
import { useSession } from './session';
import { SignInForm } from './sign-in-form';

/** Page for signing in, and for a link for a new password. */
export function SignIn() {
  const { t } = useTranslation();
  const { ended } = useSession();
  const [email, setEmail] = useState('');
  const [forgotten, setForgotten] = useState(false);
  useDocumentTitle(t('session.title'));
  return (
    <Container component="main" size="xs" py={{ base: 'xl', sm: 64 }}>
      <Stack gap="lg">
        <div>
          <Title order={1} size="h2">
            {t('session.title')}
          </Title>
          <Text c="dimmed">{t('session.lead')}</Text>
        </div>
        {ended && (
          <Alert color="yellow" role="alert">
            {t('session.ended')}
          </Alert>
        )}
        {forgotten ? (
          <ForgottenPassword email={email} onBack={() => setForgotten(false)} />
        ) : (
          <SignInForm email={email} onEmail={setEmail} onForgotten={() => setForgotten(true)} />
        )}
        <Group justify="space-between">
          <Anchor href="/" size="sm">
            {t('session.about')}
          </Anchor>
          <LanguageLinks />
        </Group>
      </Stack>
    </Container>
  );
}

import {
  Alert,
  Anchor,
  Button,
  Card,
  Container,
  Divider,
  PasswordInput,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { SignInDocument } from '../../generated/graphql';
import { settings } from '../../shared/settings';
import { useAction } from '../data/action';
import { ActionButton } from '../parts/action-button';
import { fieldError, TroubleAlert } from '../parts/trouble';
import { useSession } from './session';

/** Sign-in form. With demo data, also a list of users to sign in as with one click. */
export function SignIn() {
  const { signedIn, ended } = useSession();
  const signIn = useAction(SignInDocument);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const toBeginWith = newPassword !== '' || fieldError(signIn.trouble, 'newPassword') !== undefined;

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
    <Container component="main" size="xs" py={{ base: 'xl', sm: 64 }}>
      <Stack gap="lg">
        <div>
          <Title order={1} size="h2">
            Skybasket console
          </Title>
          <Text c="dimmed">Sign in to order, to execute orders, or to watch them being provisioned.</Text>
        </div>
        {ended && (
          <Alert color="yellow" role="alert">
            Your session has ended: it was signed out elsewhere, or your password or your rights have changed.
            Please sign in again.
          </Alert>
        )}
        <TroubleAlert trouble={signIn.trouble} fields={['newPassword']} />
        <Card withBorder padding="lg">
          <form onSubmit={submit}>
            <Stack>
              <TextInput
                label="E-mail"
                type="email"
                autoComplete="username"
                required
                value={email}
                onChange={event => setEmail(event.currentTarget.value)}
              />
              <PasswordInput
                label="Password"
                autoComplete="current-password"
                required
                value={password}
                onChange={event => setPassword(event.currentTarget.value)}
              />
              {toBeginWith && (
                <PasswordInput
                  label="A password of your own"
                  description="At least 12 characters; from now on you sign in with it."
                  autoComplete="new-password"
                  required
                  error={fieldError(signIn.trouble, 'newPassword')}
                  value={newPassword}
                  onChange={event => setNewPassword(event.currentTarget.value)}
                />
              )}
              <ActionButton type="submit" loading={signIn.busy}>
                Sign in
              </ActionButton>
            </Stack>
          </form>
          {settings.signIns.length > 0 && (
            <>
              <Divider my="lg" label="or, in this demo, as" />
              <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
                {settings.signIns.map(person => (
                  <li key={person.email}>
                    <Button
                      fullWidth
                      variant="default"
                      justify="space-between"
                      h="auto"
                      py={8}
                      disabled={signIn.busy}
                      onClick={() => enter(person)}
                      styles={{ label: { whiteSpace: 'normal', textAlign: 'left' } }}
                    >
                      <span>
                        {person.email}
                        <Text component="span" display="block" size="xs" c="dimmed" fw={400}>
                          {person.who}
                        </Text>
                      </span>
                    </Button>
                  </li>
                ))}
              </Stack>
            </>
          )}
        </Card>
        <Anchor href="/" size="sm">
          What is Skybasket?
        </Anchor>
      </Stack>
    </Container>
  );
}

import { createSender, createSession, SessionEndedError, SIGN_IN, type Tokens } from '../../client';
import { GRAPH } from './settings';

const { SKYBASKET_EMAIL: email = 'sales@skyline.example', SKYBASKET_PASSWORD: password = 'demo' } =
  process.env;

/** Signs in with an e-mail address and a password, renews the token, and signs in again when the session has ended. */
export function passwordTokens() {
  let tokens: Tokens | null = null;
  const store = {
    read: () => tokens,
    write: (next: Tokens | null) => {
      tokens = next;
    },
  };
  const session = createSession({ url: GRAPH, store });
  let signingIn: Promise<void> | undefined;
  const signIn = () => {
    // Two streams that start together need one session.
    signingIn ??= newSession()
      .then(store.write)
      .finally(() => {
        signingIn = undefined;
      });
    return signingIn;
  };

  return {
    async token(rejectedToken?: string): Promise<string> {
      if (!tokens) await signIn();
      try {
        return await session.token(rejectedToken);
      } catch (error) {
        if (!(error instanceof SessionEndedError)) throw error;
        await signIn();
        return session.token();
      }
    },
    async leave(): Promise<void> {
      if (tokens) await session.signOut();
    },
  };
}

async function newSession(): Promise<Tokens> {
  const { signIn } = await createSender({ url: GRAPH })(SIGN_IN, { input: { email, password } });
  const { token, expiresAt, refreshToken, errors } = signIn;
  if (token && expiresAt && refreshToken) return { token, expiresAt, refreshToken };
  throw new Error(errors.map(({ code, message }) => `${code} ${message}`).join('\n'));
}

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { Provider } from 'urql';
import { createGraphClient } from '../data/client';
import { forgetToken, keepToken, keptToken } from './kept-token';

/** Who is signed in, as far as the browser knows: a token. */
interface Session {
  token: string | null;
  /** The gateway turned the last token away. */
  ended: boolean;
  signedIn(token: string): void;
  signOut(): void;
}

const SessionContext = createContext<Session | null>(null);

/** The session of this tab. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('There is no session around this part.');
  return session;
}

/** Keeps the token, and gives everything inside a GraphQL client that sends it; another user begins with an empty cache. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [token, setToken] = useState(keptToken);
  const [ended, setEnded] = useState(false);
  const session = useMemo<Session>(
    () => ({
      token,
      ended,
      signedIn(next) {
        keepToken(next);
        setEnded(false);
        setToken(next);
      },
      signOut() {
        forgetToken();
        setEnded(false);
        setToken(null);
      },
    }),
    [token, ended],
  );
  const client = useMemo(
    () =>
      createGraphClient(token, () => {
        forgetToken();
        setEnded(true);
        setToken(null);
      }),
    [token],
  );
  return (
    <SessionContext value={session}>
      <Provider value={client}>{children}</Provider>
    </SessionContext>
  );
}

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { Provider } from 'urql';
import { createSession, type TokenSource, type Tokens } from '../../../client';
import { keepSession, keptSession, storeOf } from '../../shared/kept-session';
import { GRAPHQL_URL } from '../../shared/settings';
import { createGraphClient } from '../data/client';

/** Signed-in user as known to the browser. */
interface SessionState {
  /** Token source for the stream. Null if no user is signed in. */
  token: TokenSource | null;
  /** True if the gateway or another tab ended the last session. */
  ended: boolean;
  signedIn(tokens: Tokens): void;
  signOut(): void;
}

const SessionContext = createContext<SessionState | null>(null);

/** Session of this tab. */
export function useSession(): SessionState {
  const session = useContext(SessionContext);
  if (!session) throw new Error('There is no session around this part.');
  return session;
}

/**
 * Renews the session and provides a GraphQL client that sends its token. Another user starts with an empty cache.
 */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [name, setName] = useState(keptSession);
  const [ended, setEnded] = useState(false);
  const session = useMemo(() => {
    const onEnded = () => {
      setEnded(true);
      setName(null);
    };
    return name === null ? null : createSession({ url: GRAPHQL_URL, store: storeOf(name), onEnded });
  }, [name]);
  const client = useMemo(() => createGraphClient(session?.fetch), [session]);
  const state = useMemo<SessionState>(
    () => ({
      token: session?.token ?? null,
      ended,
      signedIn(tokens) {
        setEnded(false);
        setName(keepSession(tokens));
      },
      signOut() {
        // The user leaves at once. The tokens are deleted even if the gateway is unreachable.
        session?.signOut().catch(() => undefined);
        setName(null);
      },
    }),
    [session, ended],
  );
  return (
    <SessionContext value={state}>
      <Provider value={client}>{children}</Provider>
    </SessionContext>
  );
}

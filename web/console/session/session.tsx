import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
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
  /** Leaves a session that has ended at the gateway. */
  forget(): void;
  /**
   * Replaces the tokens by those of `work`, which has to send with the given function. No tab renews the tokens
   * meanwhile, so that they find the new ones. Resolves to false if `work` resolves to null.
   */
  replaceTokens(work: (send: typeof fetch) => Promise<Tokens | null>): Promise<boolean>;
}

const SessionContext = createContext<SessionState | null>(null);

/** Session of this tab. */
export function useSession(): SessionState {
  const session = useContext(SessionContext);
  if (!session) throw new Error('There is no session around this part.');
  return session;
}

/** `fetch` with a token that is not renewed. */
const fetchWith =
  (token: string): typeof fetch =>
  (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('authorization', `Bearer ${token}`);
    return fetch(input, { ...init, headers });
  };

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
  const enter = useCallback((tokens: Tokens) => {
    setEnded(false);
    setName(keepSession(tokens));
  }, []);
  const state = useMemo<SessionState>(
    () => ({
      token: session?.token ?? null,
      ended,
      signedIn: enter,
      signOut() {
        // The user leaves at once. The tokens are deleted even if the gateway is unreachable.
        session?.signOut().catch(() => undefined);
        setName(null);
      },
      forget() {
        if (name !== null) storeOf(name).write(null);
        setEnded(false);
        setName(null);
      },
      async replaceTokens(work) {
        if (!session || name === null) return false;
        const store = storeOf(name);
        const { alone = run => run() } = store;
        const token = await session.token();
        return alone(async () => {
          const tokens = await work(fetchWith(token));
          // Without locks, the stream may have found its session ended.
          if (tokens && store.read()) store.write(tokens);
          else if (tokens) enter(tokens);
          return tokens !== null;
        });
      },
    }),
    [session, ended, name, enter],
  );
  return (
    <SessionContext value={state}>
      <Provider value={client}>{children}</Provider>
    </SessionContext>
  );
}

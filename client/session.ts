import { SessionEndedError } from './errors';
import { createSender } from './graphql';
import { REFRESH_TOKEN, SIGN_OUT } from './operations';
import type { Tokens } from './types';

/** Storage of the tokens of a session. Null without a session. */
export interface TokenStore {
  read(): Tokens | null;
  write(tokens: Tokens | null): void;
  /**
   * Runs `work` exclusively among all users of the store: two tabs that use one refresh token end the session. Optional if
   * the store is not shared.
   */
  alone?<T>(work: () => Promise<T>): Promise<T>;
}

/** Options of a session. */
export interface SessionOptions {
  /** Such as `https://gateway.example/graphql`. */
  url: string;
  store: TokenStore;
  /** Called when the session has ended, except by `signOut` of this object. */
  onEnded?: () => void;
  /** Replaces the global `fetch`. */
  fetch?: typeof fetch;
}

/** Session that renews its tokens until it is ended. */
export interface Session {
  /** `TokenSource` of the session. Renews the token if it expires soon, or if it equals `rejectedToken`. */
  token(rejectedToken?: string): Promise<string>;
  /** `fetch` with the token of the session. Renews the token and retries after a 401. */
  fetch: typeof fetch;
  /** Ends the session and its streams at the gateway. Deletes the tokens in any case. */
  signOut(): Promise<void>;
}

/** Minimum remaining lifetime of a token that is sent, in milliseconds. */
const MIN_VALIDITY_MS = 30_000;

/**
 * Creates a session that renews its tokens, which expire after 15 minutes. All functions reject with `SessionEndedError`
 * once the session has ended.
 */
export function createSession({ url, store, onEnded, ...options }: SessionOptions): Session {
  const request = options.fetch ?? ((...args) => fetch(...args));
  const alone = store.alone?.bind(store) ?? (work => work());
  let notified = false;
  let renewing: Promise<string> | undefined;

  const end = (): SessionEndedError => {
    store.write(null);
    if (!notified) onEnded?.();
    notified = true;
    return new SessionEndedError();
  };

  const renew = (used: string): Promise<string> =>
    alone(async () => {
      // Somebody else may have renewed it, or signed out, while this waited for its turn.
      const now = store.read();
      if (!now) throw end();
      if (now.token !== used) return now.token;
      const send = createSender({ url, fetch: request });
      const { refreshToken: payload } = await send(REFRESH_TOKEN, {
        input: { refreshToken: now.refreshToken },
      });
      const { token, expiresAt, refreshToken } = payload;
      if (!token || !expiresAt || !refreshToken) throw end();
      store.write({ token, expiresAt, refreshToken });
      return token;
    });

  const session: Session = {
    async token(rejectedToken) {
      const now = store.read();
      if (!now) throw end();
      const lasts = Date.parse(now.expiresAt) - Date.now() > MIN_VALIDITY_MS;
      if (lasts && now.token !== rejectedToken) return now.token;
      renewing ??= renew(now.token).finally(() => {
        renewing = undefined;
      });
      return renewing;
    },

    async fetch(input, init) {
      const send = (token: string) => {
        const headers = new Headers(init?.headers);
        headers.set('authorization', `Bearer ${token}`);
        return request(input, { ...init, headers });
      };
      const token = await session.token();
      const answer = await send(token);
      return answer.status === 401 ? send(await session.token(token)) : answer;
    },

    async signOut() {
      notified = true;
      try {
        await createSender({ url, fetch: session.fetch })(SIGN_OUT, {});
      } finally {
        store.write(null);
      }
    },
  };
  return session;
}

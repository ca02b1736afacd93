import { SessionEndedError } from './errors';
import { createSender } from './graphql';
import { REFRESH_TOKEN, SIGN_OUT } from './operations';
import type { Tokens } from './types';

/** Where the tokens of a session are kept. Null where there is none, or no longer. */
export interface TokenStore {
  read(): Tokens | null;
  write(tokens: Tokens | null): void;
  /**
   * Runs `work` while nobody else who shares the store does: two tabs that use one refresh token end the session. Left
   * out where nobody shares it.
   */
  alone?<T>(work: () => Promise<T>): Promise<T>;
}

/** Whose session it is. */
export interface SessionOptions {
  /** Such as `https://gateway.example/graphql`. */
  url: string;
  store: TokenStore;
  /** It has ended, and not by `signOut` here. */
  onEnded?: () => void;
  /** Where the platform has none, or for tests. */
  fetch?: typeof fetch;
}

/** A session that goes on by itself until somebody ends it. */
export interface Session {
  /** A `TokenSource`: a token that is good for a while yet, a fresh one where `turnedAway` is the last. */
  token(turnedAway?: string): Promise<string>;
  /** `fetch` with the session's token; with a fresh one where that is answered 401. */
  fetch: typeof fetch;
  /** Ends the session at the gateway, its streams included, and forgets it in any case. */
  signOut(): Promise<void>;
}

/** A token that ends sooner is not sent any more, in milliseconds. */
const MIN_VALIDITY_MS = 30_000;

/**
 * Keeps a session going: tokens last a quarter of an hour, and the next ones are had for the refresh token. Everything
 * rejects with `SessionEndedError` once it is over.
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
    async token(turnedAway) {
      const now = store.read();
      if (!now) throw end();
      const lasts = Date.parse(now.expiresAt) - Date.now() > MIN_VALIDITY_MS;
      if (lasts && now.token !== turnedAway) return now.token;
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

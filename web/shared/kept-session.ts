import type { TokenStore, Tokens } from '../../client';

const LAST = 'skybasket.session';
const PREFIX = `${LAST}.`;
/** Validity of a refresh token. */
const LONGEST_MS = 14 * 24 * 3_600_000;

const read = (key: string): Tokens | null => JSON.parse(localStorage.getItem(key) ?? 'null');
const written = ({ token, expiresAt, refreshToken }: Tokens): string =>
  JSON.stringify({ token, expiresAt, refreshToken });

// The tab comes first, so that two users can be signed in side by side. A new tab starts as the last user.
/** Name of the stored session of this tab. */
export function keptSession(): string | null {
  const name = sessionStorage.getItem(LAST) ?? localStorage.getItem(LAST);
  if (!name || !read(PREFIX + name)) return null;
  sessionStorage.setItem(LAST, name);
  return name;
}

/** Stores a new session for this tab and for new tabs. Returns its name. */
export function keepSession(tokens: Tokens): string {
  for (const key of Object.keys(localStorage).filter(each => each.startsWith(PREFIX))) {
    const old = read(key);
    if (!old || Date.parse(old.expiresAt) + LONGEST_MS < Date.now()) localStorage.removeItem(key);
  }
  const name = String(Math.random()).slice(2);
  localStorage.setItem(PREFIX + name, written(tokens));
  localStorage.setItem(LAST, name);
  sessionStorage.setItem(LAST, name);
  return name;
}

/** Token store shared by the tabs of a session. */
export function storeOf(name: string): TokenStore {
  const key = PREFIX + name;
  return {
    read: () => read(key),
    write(tokens) {
      if (tokens) return localStorage.setItem(key, written(tokens));
      localStorage.removeItem(key);
      if (localStorage.getItem(LAST) === name) localStorage.removeItem(LAST);
      if (sessionStorage.getItem(LAST) === name) sessionStorage.removeItem(LAST);
    },
    // Browsers have locks on https and localhost only.
    alone: work => (navigator.locks ? navigator.locks.request(key, work) : work()),
  };
}

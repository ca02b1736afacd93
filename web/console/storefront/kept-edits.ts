import type { Edit } from './drafts';

type Edits = Readonly<Record<string, Edit>>;

/** Storage of the edits of a tab. */
export interface KeptEdits {
  write(edits: Edits): void;
}

/** Time that a page needs to reload, in milliseconds. */
const RELOAD_MS = 5000;

/** Held as long as the page lives: a page that is gone leaves its edits to another one. */
const lockOf = (key: string) => `${key}.alive`;

/**
 * Keeps the edits of this page in the browser. `inherit` gets those of pages that are gone: before a reload, of a closed tab, or
 * of a browser that has crashed.
 */
export function keepEdits(userId: string, inherit: (edits: Edits) => void): KeptEdits {
  const prefix = `skybasket.drafts.${userId}.`;
  const own = prefix + String(Math.random()).slice(2);
  const { locks } = navigator;

  const take = (key: string) => {
    const found = localStorage.getItem(key);
    localStorage.removeItem(key);
    if (found) inherit(JSON.parse(found));
  };
  const awaited = new Set<string>();
  // The lock is granted when the other page is gone. Browsers have locks on https and localhost only.
  const inheritFrom = (key: string, atStart: boolean) => {
    if (awaited.has(key)) return;
    awaited.add(key);
    const asked = Date.now();
    const takeInTurn = () => {
      // A page that is reloaded gets its own edits, before another one that was open meanwhile.
      if (atStart && Date.now() - asked < RELOAD_MS) take(key);
      else setTimeout(take, RELOAD_MS, key);
    };
    if (locks) locks.request(lockOf(key), takeInTurn);
    else take(key);
  };
  const isOther = (key: string) => key.startsWith(prefix) && key !== own;

  locks?.request(lockOf(own), () => new Promise(() => undefined));
  // `inherit` belongs to an object that is being constructed.
  queueMicrotask(() => {
    for (const key of Object.keys(localStorage).filter(isOther)) inheritFrom(key, true);
  });
  window.addEventListener('storage', ({ key, oldValue }) => {
    if (locks && key && oldValue === null && isOther(key)) inheritFrom(key, false);
  });

  return {
    write(edits) {
      if (Object.keys(edits).length > 0) localStorage.setItem(own, JSON.stringify(edits));
      else localStorage.removeItem(own);
    },
  };
}

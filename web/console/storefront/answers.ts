import { useEffect, useSyncExternalStore } from 'react';
import type { BasketFieldsFragment } from '../../generated/graphql';

/** Basket in the payload of a mutation. */
export type AnsweredBasket = BasketFieldsFragment | null;

interface Known {
  /** Basket of the last payload. */
  answer: AnsweredBasket;
  /** Latest basket that this tab has shown. */
  seen: { id: string; version: number } | null;
  /** True if the basket has changed since by another tab, browser or user. */
  changedElsewhere: boolean;
}

const NOTHING: Known = { answer: null, seen: null, changedElsewhere: false };
let known = NOTHING;
const watchers = new Set<() => void>();

function put(next: Known): void {
  known = next;
  for (const watcher of watchers) watcher();
}

const watch = (watcher: () => void) => {
  watchers.add(watcher);
  return () => void watchers.delete(watcher);
};

/**
 * Stores the basket of a payload, so that the next change sends the right version before the query has run again. Null after
 * the checkout.
 */
export const answered = (answer: AnsweredBasket): void =>
  put({ answer, seen: answer && { id: answer.id, version: answer.version }, changedElsewhere: false });

/** Hides the notice that the basket has changed elsewhere. */
export const noticed = (): void => put({ ...known, changedElsewhere: false });

/** The newer of a basket that was read and the basket of the last payload. */
export function newest(read: AnsweredBasket): AnsweredBasket {
  const { answer } = known;
  return answer !== null && answer.id === read?.id && answer.version > read.version ? answer : read;
}

/** The newer of a basket that was read and the basket of the last payload, and whether it has changed elsewhere. */
export function useNewestBasket(read: AnsweredBasket | undefined) {
  const { changedElsewhere } = useSyncExternalStore(watch, () => known);
  const basket = newest(read ?? null);
  useEffect(() => {
    if (!basket) return;
    const { id, version } = basket;
    const { seen } = known;
    if (seen?.id === id && seen.version >= version) return;
    put({ ...known, seen: { id, version }, changedElsewhere: known.changedElsewhere || seen !== null });
  }, [basket]);
  return { basket, changedElsewhere };
}

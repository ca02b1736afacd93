import { useSyncExternalStore } from 'react';
import type { Quantities } from './addon-fields';

/** Edit of a line of the basket. */
export interface Draft {
  friendlyName: string;
  quantity: number;
  addons: Quantities;
}

/** State of an edit: on its way to the gateway, or rejected or not sent. */
type DraftState = 'saving' | 'unsaved';

/** Edits that the gateway does not have, by line. They outlive the page, so that Back shows them again. */
let drafts: ReadonlyMap<string, { draft: Draft; state: DraftState }> = new Map();
const watchers = new Set<() => void>();

function put(next: typeof drafts): void {
  drafts = next;
  for (const watcher of watchers) watcher();
}

/** Edit of a line that the gateway does not have. Undefined if there is none. */
export const draftOf = (lineId: string): Draft | undefined => drafts.get(lineId)?.draft;

/** Keeps the latest edit of a line. */
export const keepDraft = (lineId: string, draft: Draft): void =>
  put(new Map(drafts).set(lineId, { draft, state: 'saving' }));

/** Marks an edit as rejected or not sent. Ignored if there is a later edit of the line. */
export function markUnsaved(lineId: string, draft: Draft): void {
  if (draftOf(lineId) === draft) put(new Map(drafts).set(lineId, { draft, state: 'unsaved' }));
}

/** Forgets an edit that the gateway has. Ignored if there is a later edit of the line. */
export function forgetDraft(lineId: string, draft = draftOf(lineId)): void {
  if (!draft || draftOf(lineId) !== draft) return;
  const next = new Map(drafts);
  next.delete(lineId);
  put(next);
}

const watch = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

/** Whether the gateway lacks an edit of one of the lines. Lines of other baskets do not count. */
export function useUnsaved(lines: readonly { readonly id: string }[]): boolean {
  const current = useSyncExternalStore(watch, () => drafts);
  return lines.some(({ id }) => current.get(id)?.state === 'unsaved');
}

import { useSyncExternalStore } from 'react';
import type { BasketFieldsFragment } from '../../generated/graphql';
import type { Trouble } from '../data/action';
import { useViewer } from '../session/viewer';
import { type KeptEdits, keepEdits } from './kept-edits';
import type { Quantities } from './quantities';

/** Line of the basket. */
export type Line = BasketFieldsFragment['lines'][number];

/** Values of a line that its buyer can change. */
export interface Draft {
  friendlyName: string;
  quantity: number;
  addons: Quantities;
}

/** Edit of a line that the gateway does not have. */
export interface Edit {
  draft: Draft;
  /** Values of the line that the buyer has changed. */
  base: Draft;
  /** Values of the last attempt. It may have succeeded although its response was lost. */
  sent: Draft | null;
  /** Name of the line, for the case that it is removed. */
  name: string;
  /**
   * `saving`: on its way. `broken`: not sent, and retried. `refused`: rejected. `conflict`: the line was changed elsewhere.
   * `removed`: the line was removed elsewhere.
   */
  state: 'saving' | 'broken' | 'refused' | 'conflict' | 'removed';
  trouble: Trouble;
}

const NO_TROUBLE: Trouble = { errors: [], broken: null };

/** Values of a line as the gateway has them. */
export const valuesOf = (line: Line): Draft => ({
  friendlyName: line.friendlyName ?? '',
  quantity: line.quantity,
  addons: Object.fromEntries(line.addons.map(({ addon, quantity }) => [addon.id, quantity])),
});

/** Edits of a user that the gateway does not have, by line. They outlive the page, a reload and the tab. */
export class Drafts {
  #edits: ReadonlyMap<string, Edit> = new Map();
  readonly #watchers = new Set<() => void>();
  readonly #kept: KeptEdits;

  constructor(userId: string) {
    this.#kept = keepEdits(userId, found => {
      const inherited = Object.entries(found).filter(([lineId]) => !this.#edits.has(lineId));
      this.#put(
        new Map([...this.#edits, ...inherited.map(([lineId, edit]) => [lineId, again(edit)] as const)]),
      );
    });
  }

  readonly all = () => this.#edits;

  readonly watch = (watcher: () => void) => {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  };

  /** Keeps what the buyer has entered. */
  change(line: Line, draft: Draft): void {
    const before = this.#edits.get(line.id);
    const base = before?.base ?? valuesOf(line);
    const name = line.friendlyName ?? line.product.name;
    this.#set(line.id, again({ sent: before?.sent ?? null, base, name, draft }));
  }

  /** Bases the edit on the values that the line has now, and sends it again. */
  overrule(line: Line): void {
    const edit = this.#edits.get(line.id);
    if (edit) this.#set(line.id, again({ ...edit, base: valuesOf(line), sent: null }));
  }

  /** Forgets an edit. */
  forget(lineId: string): void {
    const next = new Map(this.#edits);
    if (next.delete(lineId)) this.#put(next);
  }

  /** Notes that `draft` is being sent. */
  sending(lineId: string, draft: Draft): void {
    const edit = this.#edits.get(lineId);
    if (edit) this.#set(lineId, { ...edit, sent: draft });
  }

  /** Forgets an edit that the gateway has. A later edit of the line is based on it. */
  saved(lineId: string, draft: Draft): void {
    const edit = this.#edits.get(lineId);
    if (!edit || edit.draft === draft) this.forget(lineId);
    else this.#set(lineId, { ...edit, base: draft, sent: null });
  }

  /** Marks an edit as not saved. Ignored if there is a later edit of the line. */
  failed(lineId: string, draft: Draft, state: Edit['state'], trouble = NO_TROUBLE): void {
    const edit = this.#edits.get(lineId);
    if (edit?.draft === draft) this.#set(lineId, { ...edit, state, trouble });
  }

  #set(lineId: string, edit: Edit): void {
    this.#put(new Map(this.#edits).set(lineId, edit));
  }

  #put(next: ReadonlyMap<string, Edit>): void {
    this.#edits = next;
    this.#kept.write(Object.fromEntries(next));
    for (const watcher of this.#watchers) watcher();
  }
}

const again = (edit: Pick<Edit, 'draft' | 'base' | 'sent' | 'name'>): Edit => ({
  ...edit,
  state: 'saving',
  trouble: NO_TROUBLE,
});

const stores = new Map<string, Drafts>();

/** Edits of the viewer. */
export function useDrafts(): Drafts {
  const { id } = useViewer();
  const drafts = stores.get(id) ?? new Drafts(id);
  stores.set(id, drafts);
  return drafts;
}

/** Edits of the viewer, by line, as they are now. */
export function useEdits(): ReadonlyMap<string, Edit> {
  const drafts = useDrafts();
  return useSyncExternalStore(drafts.watch, drafts.all);
}

/** Whether the gateway lacks an edit of one of the lines: on its way, or not saved. Null if it has all of them. */
export function useUnsaved(lines: readonly { readonly id: string }[]): 'saving' | 'unsaved' | null {
  const edits = useEdits();
  const states = lines.flatMap(({ id }) => edits.get(id)?.state ?? []);
  if (states.some(state => state !== 'saving')) return 'unsaved';
  return states.length > 0 ? 'saving' : null;
}

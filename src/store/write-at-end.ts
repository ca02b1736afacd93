import type { Transaction } from '../database';

/** Writes rows of one kind, in one statement. */
type Write<T> = (tx: Transaction, rows: readonly T[]) => Promise<unknown>;

const pending = new WeakMap<Transaction, Map<unknown, unknown[]>>();

/**
 * Writes rows right before the COMMIT, together with those of other calls for the same `write`: one statement for all of a
 * transaction. Until then its own reads do not find them.
 */
export function writeAtEnd<T>(tx: Transaction, write: Write<T>, rows: readonly T[]): void {
  if (rows.length === 0) return;
  const kinds = pending.get(tx) ?? new Map<unknown, unknown[]>();
  pending.set(tx, kinds);
  const known = kinds.get(write);
  if (known) {
    known.push(...rows);
    return;
  }
  const all = [...rows];
  kinds.set(write, all);
  tx.beforeCommit(async () => {
    await write(tx, all);
  });
}

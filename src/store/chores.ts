import { columns, type Database, fromNow } from '../database';
import { Chore } from '../entities';

/** A chore in hand: others leave it alone until `end`, or until it was not renewed for its lease. */
export interface ChoreClaim {
  /** Resolves to whether it is still held: a process that was frozen may have lost it. */
  renew(): Promise<boolean>;
  /** Lets it go; it is due again after `nextInMs`, or when it was due before where that is left out. */
  release(nextInMs?: number): Promise<void>;
}

const c = columns(Chore);
const t = columns(Chore, 't');

/** Makes a chore known, due after `firstInMs`; one that is known stays as it is. */
export async function registerChore(db: Database, name: string, firstInMs: number): Promise<void> {
  await db.execute(
    `INSERT IGNORE INTO ${c.table} (${c.name}, ${c.dueAt}, ${c.token}) VALUES (?, ${fromNow(firstInMs)}, 0)`,
    [name],
  );
}

/**
 * Takes a chore in hand by one conditional update, so that of any number of processes on any number of nodes one has it:
 * when it is due, or, `now`, whether it is due or not. Undefined while another has it, or while it is not due.
 */
export async function claimChore(
  db: Database,
  name: string,
  leaseMs: number,
  now = false,
): Promise<ChoreClaim | undefined> {
  const due = now ? '' : `AND ${t.dueAt} <= NOW(3)`;
  const free = `(${t.heldUntil} IS NULL OR ${t.heldUntil} <= NOW(3))`;
  const before = await db.one(Chore, `WHERE ${t.name} = ? AND ${free} ${due}`, [name]);
  if (!before) return undefined;
  const held = [name, before.token + 1];
  const taken = await db.execute(
    `UPDATE ${c.table} SET ${c.heldUntil} = ${fromNow(leaseMs)}, ${c.token} = ${c.token} + 1
     WHERE ${c.name} = ? AND ${c.token} = ?`,
    [name, before.token],
  );
  if (taken === 0) return undefined;
  return {
    renew: async () =>
      (await db.execute(
        `UPDATE ${c.table} SET ${c.heldUntil} = ${fromNow(leaseMs)} WHERE ${c.name} = ? AND ${c.token} = ?`,
        held,
      )) === 1,
    release: async nextInMs => {
      const next = nextInMs === undefined ? '' : `, ${c.dueAt} = ${fromNow(nextInMs)}`;
      await db.execute(
        `UPDATE ${c.table} SET ${c.heldUntil} = NULL${next} WHERE ${c.name} = ? AND ${c.token} = ?`,
        held,
      );
    },
  };
}

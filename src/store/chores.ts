import { columns, type Database, fromNow } from '../database';
import { Chore } from '../entities';

/** Claim on a chore. It ends with `release`, or when the lease expires. */
export interface ChoreClaim {
  /** Renews the lease. Resolves to false if another process has claimed the chore since. */
  renew(): Promise<boolean>;
  /** Releases the claim. Due again in `delayMs`; without it the due time is unchanged. */
  release(delayMs?: number): Promise<void>;
}

const c = columns(Chore);
const t = columns(Chore, 't');

/** Registers a chore, due in `delayMs` milliseconds. Does nothing if it is registered. */
export async function registerChore(db: Database, name: string, delayMs: number): Promise<void> {
  await db.execute(
    `INSERT IGNORE INTO ${c.table} (${c.name}, ${c.dueAt}, ${c.token}) VALUES (?, ${fromNow(delayMs)}, 0)`,
    [name],
  );
}

/** Claims a chore that is due, or at any time with `now`. Undefined while it is claimed or not due. */
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
  const claim = [name, before.token + 1];
  const claimed = await db.execute(
    `UPDATE ${c.table} SET ${c.heldUntil} = ${fromNow(leaseMs)}, ${c.token} = ${c.token} + 1
     WHERE ${c.name} = ? AND ${c.token} = ?`,
    [name, before.token],
  );
  if (claimed === 0) return undefined;
  return {
    renew: async () =>
      (await db.execute(
        `UPDATE ${c.table} SET ${c.heldUntil} = ${fromNow(leaseMs)} WHERE ${c.name} = ? AND ${c.token} = ?`,
        claim,
      )) === 1,
    release: async delayMs => {
      const next = delayMs === undefined ? '' : `, ${c.dueAt} = ${fromNow(delayMs)}`;
      await db.execute(
        `UPDATE ${c.table} SET ${c.heldUntil} = NULL${next} WHERE ${c.name} = ? AND ${c.token} = ?`,
        claim,
      );
    },
  };
}

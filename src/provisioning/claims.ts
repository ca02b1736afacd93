import { randomUUID } from 'node:crypto';
import { type Database, list } from '../database';
import { OperationState, ProvisioningOperation } from '../entities';

/** How long a claim holds without being renewed, in seconds: longer than any call to a provider may take. */
export const LEASE_SECONDS = 15;

/**
 * Claims up to `count` operations that are due, none of them at a provider in `except`. Candidates are shuffled and
 * taken by one conditional update that raises each token, so two workers never get the same one and no lock is held
 * while a provider is called. What a dead worker held is due again when its lease runs out.
 */
export async function claim(
  db: Database,
  count: number,
  except: readonly string[] = [],
): Promise<ProvisioningOperation[]> {
  const elsewhere = except.length > 0 ? `AND provider NOT IN ${list(except)}` : '';
  const candidates = await db.rows<{ id: string }>(
    `SELECT id FROM operations WHERE dueAt <= NOW(3) ${elsewhere} ORDER BY dueAt LIMIT ${4 * count}`,
    except,
  );
  if (candidates.length === 0) return [];
  const ids = shuffle(candidates.map(({ id }) => id)).slice(0, count);
  const owner = randomUUID();
  const taken = await db.execute(
    `UPDATE operations SET token = token + 1, owner = ?, dueAt = ${leaseEnd}
     WHERE id IN ${list(ids)} AND dueAt <= NOW(3)`,
    [owner, ...ids],
  );
  if (taken === 0) return [];
  return db.many(ProvisioningOperation, `WHERE t.id IN ${list(ids)} AND t.owner = ?`, [...ids, owner]);
}

/** When a claim that is made or renewed now runs out, by the database's clock. */
export const leaseEnd = `NOW(3) + INTERVAL ${LEASE_SECONDS} SECOND`;

/**
 * Renews a claim. Resolves to false when the token is no longer the holder's or the work is finished: a renewal must
 * never bring either back.
 */
export async function renew(db: Database, { id, token }: ProvisioningOperation): Promise<boolean> {
  const renewed = await db.execute(
    `UPDATE operations SET dueAt = ${leaseEnd}
     WHERE id = ? AND token = ? AND dueAt IS NOT NULL AND state = '${OperationState.RUNNING}'`,
    [id, token],
  );
  return renewed === 1;
}

/** In place. */
function shuffle<T>(items: T[]): T[] {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(Math.random() * (last + 1));
    const held = items[last] as T;
    items[last] = items[other] as T;
    items[other] = held;
  }
  return items;
}

import { randomUUID } from 'node:crypto';
import { type Database, list } from '../database';
import { ProvisioningOperation } from '../entities';

/** How many operations may be claimed for each provider; one that is absent or has none is left alone. */
export type Room = ReadonlyMap<string, number>;

/** What a look for work gave. */
export interface Claimed {
  operations: ProvisioningOperation[];
  /** How soon the next one is due, where that is within the look ahead. */
  nextInMs?: number;
}

interface Candidate {
  id: string;
  provider: string;
  inMs: number;
}

/** A moment so many milliseconds from now, by the database's clock: leases never depend on a process's. */
export const inSql = (ms: number) => `NOW(3) + INTERVAL ${Math.round(ms * 1000)} MICROSECOND`;

/**
 * Claims operations that are due, as many as there is `room`. Candidates are shuffled and taken by one conditional update
 * that raises each token, so two workers never get the same one and no lock is held while a provider is called. What a
 * dead worker held is due again when its lease runs out. The same statement looks `aheadMs` ahead, so that a retry or
 * the end of a lease is met when it comes, whichever process wrote it.
 */
export async function claim(db: Database, room: Room, leaseMs: number, aheadMs: number): Promise<Claimed> {
  const open = [...room].flatMap(([provider, slots]) => (slots > 0 ? [provider] : []));
  if (open.length === 0) return { operations: [] };
  const candidates = await db.rows<Candidate>(
    `SELECT id, provider, TIMESTAMPDIFF(MICROSECOND, NOW(3), dueAt) / 1000 AS inMs FROM operations
     WHERE dueAt <= ${inSql(aheadMs)} AND provider IN ${list(open)} ORDER BY dueAt LIMIT ${CANDIDATES}`,
    open,
  );
  const due = candidates.filter(({ inMs }) => Number(inMs) <= 0);
  if (due.length === 0) {
    const [next] = candidates;
    return { operations: [], ...(next && { nextInMs: Number(next.inMs) }) };
  }
  return { operations: await take(db, choose(shuffle(due), room), leaseMs) };
}

/** Some more than one worker has room for, so that several meet different ones. */
const CANDIDATES = 128;

async function take(db: Database, ids: string[], leaseMs: number): Promise<ProvisioningOperation[]> {
  const owner = randomUUID();
  const taken = await db.execute(
    `UPDATE operations SET token = token + 1, claims = claims + 1, owner = ?, dueAt = ${inSql(leaseMs)}
     WHERE id IN ${list(ids)} AND dueAt <= NOW(3)`,
    [owner, ...ids],
  );
  if (taken === 0) return [];
  return db.many(ProvisioningOperation, `WHERE t.id IN ${list(ids)} AND t.owner = ?`, [...ids, owner]);
}

/** The first of each provider, as many as it has room for. */
function choose(candidates: Candidate[], room: Room): string[] {
  const left = new Map(room);
  return candidates.flatMap(({ id, provider }) => {
    const slots = left.get(provider) ?? 0;
    left.set(provider, slots - 1);
    return slots > 0 ? [id] : [];
  });
}

/**
 * Renews a claim. Resolves to false when the token is no longer the holder's or the work is finished: a renewal must
 * never bring either back. Whatever ends a claim raises the token, so the token alone tells; `dueAt` is asked as well.
 */
export async function renew(
  db: Database,
  { id, token }: Pick<ProvisioningOperation, 'id' | 'token'>,
  leaseMs: number,
): Promise<boolean> {
  const renewed = await db.execute(
    `UPDATE operations SET dueAt = ${inSql(leaseMs)} WHERE id = ? AND token = ? AND dueAt IS NOT NULL`,
    [id, token],
  );
  return renewed === 1;
}

/** The operation as it is now, while the claim that `operation` came with still holds. */
export function stillHeld(
  db: Database,
  { id, token, owner }: ProvisioningOperation,
): Promise<ProvisioningOperation | undefined> {
  return db.one(ProvisioningOperation, 'WHERE t.id = ? AND t.token = ? AND t.owner = ?', [id, token, owner]);
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

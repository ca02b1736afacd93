import { randomUUID } from 'node:crypto';
import {
  columns,
  type Database,
  type EntityClass,
  fromNow,
  isDatabaseFault,
  placeholders,
  type Value,
} from '../database';
import { Chore, DeliveryQueue, ProvisioningOperation } from '../entities';

/**
 * A row that is a job: `dueAt` is next attempt, lease expiry and reminder in one, null where nothing is to be done;
 * `token` is the fence, which every claim raises; `owner` is the claim that holds it.
 */
export interface Claimable {
  id: string;
  dueAt: Date | null;
  token: number;
  claims: number;
  owner: string | null;
}

/** Where jobs of a kind are. */
export interface JobTable<T extends Claimable> {
  entity: EntityClass<T>;
  /** Display name. */
  name: string;
  /** The column that says in whose lane a job is. */
  lane: keyof T & string;
}

/** What may be claimed now. */
export interface Room {
  /** Which lanes are looked at, as a condition on their column; undefined where nothing may be claimed at all. */
  among(column: string): { sql: string; values: Value[] } | undefined;
  /** The first of these jobs, as many as each lane has room for. */
  choose<T extends { lane: string }>(candidates: readonly T[]): T[];
}

/** What a look for work gave. */
export interface Claimed<T> {
  jobs: T[];
  /** Whether more may be due now. */
  more?: boolean;
  /** How soon the next one is due, where that is within the look ahead. */
  nextInMs?: number;
}

/** The claim is somebody else's by now, or this was written already: nothing may be written. */
export class Fenced extends Error {}

interface Candidate {
  id: string;
  lane: string;
  inMs: number;
}

/**
 * Claims jobs that are due, as many as there is `room`. Candidates are shuffled and taken by one conditional update that
 * raises each token, so two workers never get the same one and no lock is held while the work is done. What a dead
 * worker held is due again when its lease runs out. The same statement looks `aheadMs` ahead, so that a retry or the end
 * of a lease is met when it comes, whichever process wrote it.
 */
export async function claim<T extends Claimable>(
  db: Database,
  table: JobTable<T>,
  room: Room,
  leaseMs: number,
  aheadMs: number,
): Promise<Claimed<T>> {
  const c = columns<Claimable>(table.entity);
  const lane = columns(table.entity)[table.lane];
  const among = room.among(lane);
  if (!among) return { jobs: [] };
  const candidates = await db.rows<Candidate>(
    `SELECT ${c.id}, ${lane} AS lane, TIMESTAMPDIFF(MICROSECOND, NOW(3), ${c.dueAt}) / 1000 AS inMs FROM ${c.table}
     WHERE ${c.dueAt} <= ${fromNow(aheadMs)} AND ${among.sql} ORDER BY ${c.dueAt} LIMIT ${CANDIDATES}`,
    among.values,
  );
  const due = candidates.filter(({ inMs }) => Number(inMs) <= 0);
  if (due.length === 0) {
    const [next] = candidates;
    return { jobs: [], ...(next && { nextInMs: Number(next.inMs) }) };
  }
  const chosen = room.choose(shuffle(due));
  const jobs = await take(
    db,
    table,
    chosen.map(({ id }) => id),
    leaseMs,
  );
  return { jobs, more: candidates.length === CANDIDATES };
}

/** Some more than one worker has room for, so that several meet different ones. */
const CANDIDATES = 128;

async function take<T extends Claimable>(
  db: Database,
  { entity }: JobTable<T>,
  ids: string[],
  leaseMs: number,
): Promise<T[]> {
  const c = columns<Claimable>(entity);
  const t = columns<Claimable>(entity, 't');
  const owner = randomUUID();
  try {
    const taken = await db.execute(
      `UPDATE ${c.table} FORCE INDEX (PRIMARY)
       SET ${c.token} = ${c.token} + 1, ${c.claims} = ${c.claims} + 1, ${c.owner} = ?, ${c.dueAt} = ${fromNow(leaseMs)}
       WHERE ${c.id} IN ${placeholders(ids)} AND ${c.dueAt} <= NOW(3)`,
      [owner, ...ids],
    );
    if (taken === 0) return [];
  } catch (error) {
    // The answer is lost, the claims may be there: the owner of the rows says so.
    if (!isDatabaseFault(error)) throw error;
  }
  return db.many(entity, `WHERE ${t.id} IN ${placeholders(ids)} AND ${t.owner} = ?`, [...ids, owner]);
}

/**
 * Renews a claim. Resolves to false when the token is no longer the holder's or the work is finished: a renewal must
 * never bring either back. Whatever ends a claim raises the token, so the token alone tells; `dueAt` is asked as well.
 */
export async function renew<T extends Claimable>(
  db: Database,
  { entity }: JobTable<T>,
  { id, token }: Pick<T, 'id' | 'token'>,
  leaseMs: number,
): Promise<boolean> {
  const c = columns<Claimable>(entity);
  const renewed = await db.execute(
    `UPDATE ${c.table} FORCE INDEX (PRIMARY) SET ${c.dueAt} = ${fromNow(leaseMs)}
     WHERE ${c.id} = ? AND ${c.token} = ? AND ${c.dueAt} IS NOT NULL`,
    [id, token],
  );
  return renewed === 1;
}

const operation = columns(ProvisioningOperation);
const queue = columns(DeliveryQueue);
const chore = columns(Chore);

/** Tables whose rows wait by the database's clock, with their columns. */
const WAITING = [
  [operation.table, operation.dueAt],
  [queue.table, queue.dueAt],
  [chore.table, chore.heldUntil],
] as const;

/**
 * Ends the waits that began before the database's clock went back by `backMs`: whatever would wait for longer than half of
 * that waits for a lease instead. A claim that is held is renewed in that time, and a callee is at worst called early.
 */
export async function endLongWaits(db: Database, backMs: number, leaseMs: number): Promise<void> {
  for (const [table, column] of WAITING) {
    await db.execute(
      `UPDATE ${table} SET ${column} = ${fromNow(leaseMs)} WHERE ${column} > ${fromNow(backMs / 2)}`,
    );
  }
}

/**
 * Releases a claim whose work met a fault of the database, as if it had never been made: it does not count against the job.
 * Does nothing when the claim is lost.
 */
export async function unclaim<T extends Claimable>(
  db: Database,
  { entity }: JobTable<T>,
  { id, token }: Pick<T, 'id' | 'token'>,
  delayMs: number,
): Promise<void> {
  const c = columns<Claimable>(entity);
  await db.execute(
    `UPDATE ${c.table} FORCE INDEX (PRIMARY)
     SET ${c.dueAt} = ${fromNow(delayMs)}, ${c.token} = ${c.token} + 1, ${c.owner} = NULL,
       ${c.claims} = GREATEST(${c.claims}, 1) - 1
     WHERE ${c.id} = ? AND ${c.token} = ? AND ${c.dueAt} IS NOT NULL`,
    [id, token],
  );
}

/** The job as it is now, while the claim that `job` came with still holds. */
export function stillHeld<T extends Claimable>(
  db: Database,
  { entity }: JobTable<T>,
  { id, token, owner }: T,
): Promise<T | undefined> {
  const t = columns<Claimable>(entity, 't');
  return db.one(entity, `WHERE ${t.id} = ? AND ${t.token} = ? AND ${t.owner} = ?`, [id, token, owner]);
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

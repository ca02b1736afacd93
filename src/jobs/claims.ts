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

/**
 * A row that is a job. `dueAt` is the next attempt, or the end of the lease while it is claimed; null when there is nothing
 * to do. `token` is the fencing token, which every claim increments. `owner` is the id of the current claim.
 */
export interface Claimable {
  id: string;
  dueAt: Date | null;
  token: number;
  claims: number;
  owner: string | null;
}

/** Table of one kind of job. */
export interface JobTable<T extends Claimable> {
  entity: EntityClass<T>;
  /** Display name. */
  name: string;
  /** Column with the lane of a job. */
  lane: keyof T & string;
}

/** Capacity of a worker for more jobs. */
export interface Capacity {
  /** SQL condition on the column of the lane that matches the lanes with capacity. Undefined when no lane has any. */
  laneCondition(column: string): { sql: string; values: Value[] } | undefined;
  /** Selects as many candidates as each lane has capacity for. */
  select<T extends { lane: string }>(candidates: readonly T[]): T[];
}

/** Result of `claimJobs`. */
export interface ClaimResult<T> {
  jobs: T[];
  /** Whether more jobs may be due now. */
  more?: boolean;
  /** Milliseconds until the next job is due. Undefined when none is due within `aheadMs`. */
  nextInMs?: number;
}

/** Error of a write whose fencing token is stale: another worker has the claim, or the write was done already. */
export class Fenced extends Error {}

interface Candidate {
  id: string;
  lane: string;
  inMs: number;
}

/**
 * Claims due jobs, up to the capacity. Candidates are shuffled and claimed by one conditional update that increments each
 * token, so that no two workers get the same job and no lock is held during the work. The jobs of a crashed worker are due
 * when their lease expires. The query looks `aheadMs` ahead, so that the worker can wake for a retry or an expiry on time.
 */
export async function claimJobs<T extends Claimable>(
  db: Database,
  table: JobTable<T>,
  capacity: Capacity,
  leaseMs: number,
  aheadMs: number,
): Promise<ClaimResult<T>> {
  const c = columns<Claimable>(table.entity);
  const lane = columns(table.entity)[table.lane];
  const condition = capacity.laneCondition(lane);
  if (!condition) return { jobs: [] };
  const candidates = await db.rows<Candidate>(
    `SELECT ${c.id}, ${lane} AS lane, TIMESTAMPDIFF(MICROSECOND, NOW(3), ${c.dueAt}) / 1000 AS inMs FROM ${c.table}
     WHERE ${c.dueAt} <= ${fromNow(aheadMs)} AND ${condition.sql} ORDER BY ${c.dueAt} LIMIT ${CANDIDATES}`,
    condition.values,
  );
  const due = candidates.filter(({ inMs }) => Number(inMs) <= 0);
  if (due.length === 0) {
    const [next] = candidates;
    return { jobs: [], ...(next && { nextInMs: Number(next.inMs) }) };
  }
  const chosen = capacity.select(shuffle(due));
  const jobs = await claimRows(
    db,
    table,
    chosen.map(({ id }) => id),
    leaseMs,
  );
  return { jobs, more: candidates.length === CANDIDATES };
}

/** More candidates than one worker has slots, so that concurrent workers select different ones. */
const CANDIDATES = 128;

async function claimRows<T extends Claimable>(
  db: Database,
  { entity }: JobTable<T>,
  ids: string[],
  leaseMs: number,
): Promise<T[]> {
  const c = columns<Claimable>(entity);
  const t = columns<Claimable>(entity, 't');
  const owner = randomUUID();
  try {
    const claimed = await db.execute(
      `UPDATE ${c.table} FORCE INDEX (PRIMARY)
       SET ${c.token} = ${c.token} + 1, ${c.claims} = ${c.claims} + 1, ${c.owner} = ?, ${c.dueAt} = ${fromNow(leaseMs)}
       WHERE ${c.id} IN ${placeholders(ids)} AND ${c.dueAt} <= NOW(3)`,
      [owner, ...ids],
    );
    if (claimed === 0) return [];
  } catch (error) {
    // The response is lost, but the rows may be claimed: their owner tells.
    if (!isDatabaseFault(error)) throw error;
  }
  return db.many(entity, `WHERE ${t.id} IN ${placeholders(ids)} AND ${t.owner} = ?`, [...ids, owner]);
}

/** Renews the lease of a claim. False when the claim is lost or the job finished: neither is revived. */
export async function renewClaim<T extends Claimable>(
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

/** Releases a claim, which then does not count, after a database fault. Does nothing when it is lost. */
export async function releaseClaim<T extends Claimable>(
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

/** Finds the current row of a claimed job. Resolves to undefined when the claim is lost. */
export function findClaimed<T extends Claimable>(
  db: Database,
  { entity }: JobTable<T>,
  { id, token, owner }: T,
): Promise<T | undefined> {
  const t = columns<Claimable>(entity, 't');
  return db.one(entity, `WHERE ${t.id} = ? AND ${t.token} = ? AND ${t.owner} = ?`, [id, token, owner]);
}

/** Shuffles the array in place (Fisher-Yates). */
function shuffle<T>(items: T[]): T[] {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(Math.random() * (last + 1));
    const swapped = items[last] as T;
    items[last] = items[other] as T;
    items[other] = swapped;
  }
  return items;
}

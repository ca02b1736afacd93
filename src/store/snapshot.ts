import { columns, type EntityClass, type Session } from '../database';
import type { Where } from './where';

/** Rows of the snapshot of a stream. */
export interface SnapshotRows<T> {
  /** Newest rows, at most 500. */
  rows: T[];
  /** Whether there are more. */
  truncated: boolean;
}

const MAX_ROWS = 500;

/** The newest rows of two snapshots, each row once. */
export function newestOf<T extends { id: string }>(a: SnapshotRows<T>, b: SnapshotRows<T>): SnapshotRows<T> {
  const byId = new Map([...a.rows, ...b.rows].map(row => [row.id, row]));
  const rows = [...byId.values()].sort((x, y) => (x.id < y.id ? 1 : -1));
  return {
    rows: rows.slice(0, MAX_ROWS),
    truncated: a.truncated || b.truncated || rows.length > MAX_ROWS,
  };
}

/** Finds the newest rows of `entity` that match. */
export async function findSnapshot<T extends { id: string }>(
  session: Session,
  entity: EntityClass<T>,
  where: Where,
): Promise<SnapshotRows<T>> {
  const t = columns(entity, 't') as { id: string };
  const rows = await session.many(
    entity,
    `WHERE ${where.sql} ORDER BY ${t.id} DESC LIMIT ${MAX_ROWS + 1}`,
    where.values,
  );
  return { rows: rows.slice(0, MAX_ROWS), truncated: rows.length > MAX_ROWS };
}

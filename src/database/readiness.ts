import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { Chore, Sequencer } from '../entities';
import { columns } from './columns';
import type { Health } from './health';
import type { Session } from './session';

const c = columns(Chore);
const s = columns(Sequencer);

/** Readiness of a gateway. */
export interface Readiness {
  ready: boolean;
  /** Whether the database answers reads. */
  reads: boolean;
  /** Whether the database accepts writes. False for a read-only server. */
  writes: boolean;
  /** Migrations of this release that the database lacks. */
  missingMigrations: string[];
}

/** Names of migrations of `source` that the database lacks, oldest first. */
export async function missingMigrations(db: Pick<Session, 'rows'>, source: DataSource): Promise<string[]> {
  const known = source.migrations.map(migration => migration.name ?? migration.constructor.name);
  const done = await db.rows<{ name: string }>('SELECT name FROM migrations');
  const names = new Set(done.map(({ name }) => name));
  return known.filter(name => !names.has(name));
}

/** Matches no row and locks nothing, but fails on a read-only server. */
const NO_OP_WRITE = `UPDATE ${s.table} SET ${s.last} = ${s.last} WHERE ${s.id} = 0`;

/** Writes a row. A full disk refuses this, but not a statement without an effect. */
const REAL_WRITE = `INSERT INTO ${c.table} (${c.name}, ${c.dueAt}, ${c.token}) VALUES ('readiness', NOW(3), 0)
  ON DUPLICATE KEY UPDATE ${c.token} = ${c.token} + 1`;

/** Checks with statements: a node outside its cluster answers pings, and a read-only or full one answers reads. */
export async function readReadiness(
  db: Pick<Session, 'rows' | 'execute'>,
  source: DataSource,
  health: Pick<Health, 'isWritable'>,
  deadlineMs: number,
): Promise<Readiness> {
  const found: Readiness = { ready: false, reads: false, writes: false, missingMigrations: [] };
  const probe = async () => {
    found.missingMigrations = await missingMigrations(db, source);
    found.reads = true;
    await db.execute(health.isWritable ? NO_OP_WRITE : REAL_WRITE);
    found.writes = health.isWritable;
  };
  await Promise.race([probe().catch(() => undefined), sleep(deadlineMs, undefined, { ref: false })]);
  return { ...found, ready: found.reads && found.writes && found.missingMigrations.length === 0 };
}

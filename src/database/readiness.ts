import type { DataSource } from 'typeorm';
import type { Session } from './session';

/** Whether a gateway can serve. */
export interface Readiness {
  ready: boolean;
  /** Whether the database answers reads. */
  reads: boolean;
  /** Whether it accepts writes: a server that is read-only does not. */
  writes: boolean;
  /** Migrations of this release that the database lacks. */
  missingMigrations: string[];
}

/** Migrations that `source` knows and the database lacks, oldest first. */
export async function missingMigrations(db: Pick<Session, 'rows'>, source: DataSource): Promise<string[]> {
  const known = source.migrations.map(migration => migration.name ?? migration.constructor.name);
  const done = await db.rows<{ name: string }>('SELECT name FROM migrations');
  const names = new Set(done.map(({ name }) => name));
  return known.filter(name => !names.has(name));
}

/** Asks by real statements: a node without its cluster still answers pings, and a read-only one answers reads. */
export async function readReadiness(
  db: Pick<Session, 'rows' | 'execute'>,
  source: DataSource,
  deadlineMs: number,
): Promise<Readiness> {
  const found: Readiness = { ready: false, reads: false, writes: false, missingMigrations: [] };
  const ask = async () => {
    found.missingMigrations = await missingMigrations(db, source);
    found.reads = true;
    // Matches no row and locks nothing; a read-only server refuses it all the same.
    await db.execute('UPDATE sequencer SET last = last WHERE id = 0');
    found.writes = true;
  };
  let late: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>(resolve => {
    late = setTimeout(resolve, deadlineMs);
  });
  await Promise.race([ask().catch(() => undefined), timeout]);
  clearTimeout(late);
  return { ...found, ready: found.reads && found.writes && found.missingMigrations.length === 0 };
}

import type { Session } from './session';

/** Milliseconds since 1970 by the clock of the database, which all processes share. */
export async function serverTimeMs(session: Session): Promise<number> {
  const [row] = await session.rows<{ ms: number | string }>('SELECT UNIX_TIMESTAMP(NOW(3)) * 1000 AS ms');
  return Number(row?.ms);
}

/** SQL of the time in `ms` milliseconds by the clock of the database: leases never depend on the clock of a process. */
export const fromNow = (ms: number): string => `NOW(3) + INTERVAL ${Math.round(ms * 1000)} MICROSECOND`;

/** SQL of the time by the clock of the database. */
export const databaseNow = (): string => 'NOW(3)';

import type { Session } from './session';

/** Current time of the database's clock, which all processes share, in milliseconds since 1970. */
export async function serverTimeMs(session: Session): Promise<number> {
  const [row] = await session.rows<{ ms: number | string }>('SELECT UNIX_TIMESTAMP(NOW(3)) * 1000 AS ms');
  return Number(row?.ms);
}

/** SQL of the time in `ms` milliseconds by the database's clock. Leases never depend on the clock of a process. */
export const fromNow = (ms: number): string => `NOW(3) + INTERVAL ${Math.round(ms * 1000)} MICROSECOND`;

/** SQL of the time in as many milliseconds as the expression `ms` says. Null if it is null. */
export const fromNowBy = (ms: string): string => `NOW(3) + INTERVAL ROUND(1000 * (${ms})) MICROSECOND`;

/** SQL of the current time by the database's clock. */
export const databaseNow = (): string => 'NOW(3)';

import type { Session } from './session';

/** Milliseconds since 1970 by the clock of the database, which all processes share. */
export async function serverTimeMs(session: Session): Promise<number> {
  const [row] = await session.rows<{ ms: number | string }>('SELECT UNIX_TIMESTAMP(NOW(3)) * 1000 AS ms');
  return Number(row?.ms);
}

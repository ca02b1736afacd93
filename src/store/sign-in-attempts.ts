import { columns, placeholders, type Session } from '../database';
import { GuessCount } from '../entities';

const g = columns(GuessCount);

/** Counted attempts of one key, and the minutes until its window ends. */
export interface CountedAttempts extends Pick<GuessCount, 'subject' | 'guesses'> {
  minutes: number;
}

/** Finds the counted attempts of these keys in windows that have not ended. */
export const findAttempts = (session: Session, keys: readonly string[]): Promise<CountedAttempts[]> =>
  session.rows<CountedAttempts>(
    `SELECT ${g.subject}, ${g.guesses}, TIMESTAMPDIFF(MINUTE, NOW(3), ${g.endsAt}) + 1 AS minutes FROM ${g.table}
     WHERE ${g.subject} IN ${placeholders(keys)} AND ${g.endsAt} > NOW(3)`,
    keys,
  );

/** Adds one attempt per key. The first starts a window. Sorted, so that rows are locked in one order. */
export async function addAttempts(
  session: Session,
  keys: readonly string[],
  windowMinutes: number,
): Promise<void> {
  const end = `NOW(3) + INTERVAL ${windowMinutes} MINUTE`;
  const isOver = `${g.endsAt} <= NOW(3)`;
  await session.execute(
    `INSERT INTO ${g.table} (${g.subject}, ${g.guesses}, ${g.endsAt}) VALUES ${keys.map(() => `(?, 1, ${end})`)}
     ON DUPLICATE KEY UPDATE ${g.guesses} = IF(${isOver}, 1, ${g.guesses} + 1),
       ${g.endsAt} = IF(${isOver}, ${end}, ${g.endsAt})`,
    keys.toSorted(),
  );
}

/** Subtracts one attempt per key. */
export async function subtractAttempts(session: Session, keys: readonly string[]): Promise<void> {
  await session.execute(
    `UPDATE ${g.table} SET ${g.guesses} = ${g.guesses} - 1 WHERE ${g.subject} IN ${placeholders(keys)} AND ${g.guesses} > 0`,
    keys.toSorted(),
  );
}

/** Deletes up to `limit` counts whose window has ended. Resolves to their number. */
export const deleteExpiredAttempts = (session: Session, limit: number): Promise<number> =>
  session.execute(`DELETE FROM ${g.table} WHERE ${g.endsAt} <= NOW(3) LIMIT ${limit}`);

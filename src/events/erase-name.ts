import { columns, type Transaction } from '../database';
import { DomainEvent } from '../entities';

const e = columns(DomainEvent);

/** Ids that one statement scans. */
const RANGE = 100_000;

/** Sentences about a user that have its name, also a former one. */
const SENTENCES = [
  /^(The user ).*( was made: )/,
  /^(The details of ).*( were (?:changed(?:: [\w, ]+)?|saved without changes)\.)$/,
  /^(The password of ).*( was reset\.)$/,
  /^().*( was (?:de)?activated\.)$/,
];

/** Person whose name is erased from the log. */
export interface ErasedPerson {
  userId: string;
  name: string;
  pseudonym: string;
}

/**
 * Replaces the name of a person in the messages of events about users, accounts and API keys. The only change of events besides their
 * numbers: who did what stays, by the id of the user.
 */
export async function eraseNameFromEvents(tx: Transaction, person: ErasedPerson): Promise<void> {
  const [bounds] = await tx.rows<{ first: number | null; last: number | null }>(
    `SELECT MIN(${e.id}) AS first, MAX(${e.id}) AS last FROM ${e.table}`,
  );
  const last = bounds?.last ?? 0;
  for (let from = bounds?.first ?? 1; from <= last; from += RANGE) {
    const found = await tx.rows<{ id: number; userId: string | null; message: string }>(
      `SELECT ${e.id}, ${e.userId}, ${e.message} FROM ${e.table} WHERE ${e.id} >= ? AND ${e.id} < ?
       AND (${e.type} LIKE 'user.%' OR ${e.type} LIKE 'account.%' OR ${e.type} LIKE 'key.%')
       AND (${e.userId} = ? OR LOCATE(?, ${e.message}) > 0)`,
      [from, from + RANGE, person.userId, person.name],
    );
    for (const event of found) await eraseFrom(tx, event, person);
  }
}

async function eraseFrom(
  tx: Transaction,
  { id, userId, message }: { id: number; userId: string | null; message: string },
  person: ErasedPerson,
): Promise<void> {
  const sentence = userId === person.userId ? SENTENCES.find(pattern => pattern.test(message)) : undefined;
  const erased = sentence
    ? message.replace(sentence, `$1${person.pseudonym}$2`)
    : replaceName(message, person.name, person.pseudonym);
  if (erased === message) return;
  await tx.execute(`UPDATE ${e.table} SET ${e.message} = ? WHERE ${e.id} = ?`, [erased, id]);
}

/** Replaces a name where it stands alone, and not as a part of a longer word. */
export function replaceName(text: string, name: string, pseudonym: string): string {
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'gu'), () => pseudonym);
}

import { columns, type Database, type EntityClass } from '../../database';
import { SearchTerm } from '../../entities';
import { insertTerms, searchableEntities } from './terms';

const s = columns(SearchTerm, 's');

/** Number of rows that are looked at in one transaction. */
const CHUNK = 1000;

/**
 * Writes the words of rows that have none: rows from before there were words, and rows that something else than the
 * gateway has inserted. Looks at all rows, a chunk at a time, while `proceed` resolves to true.
 */
export async function writeMissingTerms(
  db: Database,
  proceed: () => boolean | Promise<boolean> = () => true,
): Promise<boolean> {
  for (const [entity] of searchableEntities) {
    let after: string | undefined = '';
    while (after !== undefined) {
      if (!(await proceed())) return false;
      after = await writeChunk(db, entity, after);
    }
  }
  return true;
}

/** Writes the words of a chunk of rows. Resolves to the id of the last one, or to undefined at the end. */
async function writeChunk(
  db: Database,
  entity: EntityClass<object>,
  after: string,
): Promise<string | undefined> {
  const t = columns(entity as EntityClass<{ id: string }>, 't');
  return db.transaction(async tx => {
    const rows = await tx.rows<{ id: string; written: number }>(
      `SELECT ${t.id}, EXISTS (SELECT 1 FROM ${s.table} WHERE ${s.id} = ${t.id}) AS written
       FROM ${t.table} WHERE ${t.id} > ? ORDER BY ${t.id} LIMIT ${CHUNK}`,
      [after],
    );
    const missing = rows.filter(({ written }) => !written).map(({ id }) => id);
    if (missing.length > 0) {
      // Locked, so that no change is between the text that is read and the words that are written.
      const marks = missing.map(() => '?');
      await insertTerms(
        tx,
        entity,
        await tx.many(entity, `WHERE ${t.id} IN (${marks}) LOCK IN SHARE MODE`, missing),
      );
    }
    return rows.length < CHUNK ? undefined : rows.at(-1)?.id;
  });
}

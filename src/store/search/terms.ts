import { columns, type EntityClass, placeholders, type Transaction, type Value } from '../../database';
import { Account, CloudSubscription, Product, SearchTerm, User } from '../../entities';
import { wordsOf } from './words';

const s = columns(SearchTerm);

/** Columns of a row whose words a search finds, by entity. */
const SEARCHABLE: ReadonlyMap<EntityClass<object>, readonly string[]> = new Map<
  EntityClass<object>,
  readonly string[]
>([
  [Account, ['name', 'email'] satisfies (keyof Account)[]],
  [User, ['name', 'email'] satisfies (keyof User)[]],
  [Product, ['name', 'sku'] satisfies (keyof Product)[]],
  [CloudSubscription, ['friendlyName'] satisfies (keyof CloudSubscription)[]],
]);

/** Entities with words, each with the columns of the words. */
export const searchableEntities = [...SEARCHABLE];

/** Kind of the terms of a row: the prefix of its id. */
const kindOf = (id: string) => id.slice(0, id.indexOf('_'));

/** Terms of a row. */
function termsOf(row: object, names: readonly string[]): SearchTerm[] {
  const { id, ...values } = row as { id: string } & Record<string, string | null>;
  const text = names.map(name => values[name] ?? '').join(' ');
  return wordsOf(text).map(term => ({ kind: kindOf(id), term, id }));
}

/** Inserts the terms of new rows. Repeating it changes nothing. */
export async function insertTerms(
  tx: Transaction,
  entity: EntityClass<object>,
  rows: readonly object[],
): Promise<void> {
  const names = SEARCHABLE.get(entity);
  const terms = names ? rows.flatMap(row => termsOf(row, names)) : [];
  if (terms.length === 0) return;
  const values: Value[] = terms.flatMap(({ kind, term, id }) => [kind, term, id]);
  await tx.execute(
    `INSERT IGNORE INTO ${s.table} (${s.kind},${s.term},${s.id}) VALUES ${terms.map(() => '(?,?,?)')}`,
    values,
  );
}

/** Replaces the terms of a row if `patch` changes a column of its words. */
export async function replaceTerms(
  tx: Transaction,
  entity: EntityClass<object>,
  id: string,
  patch: object,
): Promise<void> {
  const names = SEARCHABLE.get(entity);
  if (!names?.some(name => (patch as Record<string, unknown>)[name] !== undefined)) return;
  const [row] = await tx.many(entity, 'WHERE t.id = ?', [id]);
  if (!row) return;
  const terms = termsOf(row, names);
  const kept = terms.map(({ term }) => term);
  const others = kept.length > 0 ? `AND ${s.term} NOT IN ${placeholders(kept)}` : '';
  await tx.execute(`DELETE FROM ${s.table} WHERE ${s.id} = ? ${others}`, [id, ...kept]);
  await insertTerms(tx, entity, [row]);
}

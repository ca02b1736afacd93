import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { Compatible, Contracting } from '../../src/migrations/rolling';

/** Pattern of a clause of ALTER TABLE or of a whole statement, with its effect on the previous version. */
type Rule = readonly [pattern: RegExp, why: string];

const STATEMENTS: readonly Rule[] = [
  [/^DROP (TABLE|VIEW)\b/i, 'drops a table that the version before reads and writes'],
  [/^(RENAME TABLE)\b/i, 'renames a table that the version before knows by its old name'],
  [/^TRUNCATE\b/i, 'empties a table that the version before reads'],
  [/^CREATE UNIQUE INDEX\b/i, 'refuses rows that the version before writes'],
  [/^DROP INDEX\b/i, 'drops an index that rules or plans of the version before rest on'],
];

const CLAUSES: readonly Rule[] = [
  [
    /^DROP (PRIMARY KEY|INDEX|KEY|FOREIGN KEY|CONSTRAINT|CHECK)\b/i,
    'drops a key that rules or plans of the version before rest on',
  ],
  [/^DROP\b/i, 'drops a column that the version before reads and writes'],
  [/^RENAME (INDEX|KEY)\b/i, 'renames a key that the version before may know by its old name'],
  [/^RENAME\b/i, 'renames what the version before knows by its old name'],
  [/^(CHANGE|MODIFY|ALTER)\b/i, 'changes a column that the version before reads and writes'],
  [/^CONVERT\b/i, 'changes the columns that the version before reads and writes'],
  [/^ADD (CONSTRAINT \S+ )?(UNIQUE|PRIMARY)\b/i, 'refuses rows that the version before writes'],
  [/^ADD (CONSTRAINT \S+ )?(FOREIGN KEY|CHECK)\b/i, 'refuses rows that the version before writes'],
];

const ADDS_KEY = /^ADD (CONSTRAINT|UNIQUE|PRIMARY|INDEX|KEY|FOREIGN|CHECK|FULLTEXT)\b/i;

function ofClause(clause: string): string | undefined {
  const found = CLAUSES.find(([pattern]) => pattern.test(clause));
  if (found) return found[1];
  if (!/^ADD\b/i.test(clause) || ADDS_KEY.test(clause)) return undefined;
  const filled = /\b(DEFAULT|AUTO_INCREMENT)\b|\bAS \(/i.test(clause);
  return /\bNOT NULL\b/i.test(clause) && !filled
    ? 'adds a column that the version before leaves out of its inserts, and that has no default'
    : undefined;
}

/** At the commas that are in no parentheses. */
function clauses(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const letter of text) {
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (letter === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts.map(part => part.trim());
}

/** Without what is quoted: nothing in it is a word of SQL. */
const bare = (sql: string) =>
  sql
    .replaceAll(/'(?:[^'\\]|\\.|'')*'/g, "''")
    .replaceAll(/\s+/g, ' ')
    .replaceAll('`', '')
    .trim();

/** Whether a key has only columns that the migration itself adds: the previous version leaves them empty. */
function isAboutAdded(clause: string, added: ReadonlySet<string>): boolean {
  const [, columns] = ADDS_KEY.test(clause) ? (/\(([^)]*)\)/.exec(clause) ?? []) : [];
  return columns?.split(',').every(column => added.has(column.trim())) ?? false;
}

/** Returns what the clauses of an ALTER TABLE break. */
function ofTable(change: string): (string | undefined)[] {
  const all = clauses(change);
  const added = new Set(
    all.flatMap(clause => (ADDS_KEY.test(clause) ? [] : (/^ADD (?:COLUMN )?(\w+)/i.exec(clause)?.[1] ?? []))),
  );
  return all.map(clause => (isAboutAdded(clause, added) ? undefined : ofClause(clause)));
}

/** Returns the problems of running these statements during a rolling upgrade. Tables that they create are exempt. */
function breaksOf(statements: readonly string[]): string[] {
  const made = new Set<string>();
  return statements.flatMap(statement => {
    const sql = bare(statement);
    const [, created] = /^CREATE TABLE (?:IF NOT EXISTS )?(\w+)/i.exec(sql) ?? [];
    if (created) made.add(created);
    const [, table, change = ''] = /^ALTER TABLE (\w+) (.*)$/i.exec(sql) ?? [];
    if (table && made.has(table)) return [];
    const whys = table ? ofTable(change) : [STATEMENTS.find(([pattern]) => pattern.test(sql))?.[1]];
    return whys.flatMap(why => (why ? [`${why}: ${sql.slice(0, 100)}`] : []));
  });
}

/** The statements that a migration sends. Whatever else it asks of TypeORM is written down as it is called. */
async function statementsOf(migration: MigrationInterface): Promise<string[]> {
  const sent: string[] = [];
  const query = async (sql: string) => {
    sent.push(sql);
    return [];
  };
  const runner = new Proxy({ query } as unknown as QueryRunner, {
    get: (target, name) =>
      name === 'query'
        ? target.query
        : () => Promise.reject(new Error(`calls ${String(name)}: write SQL, so that it can be looked at`)),
  });
  await migration.up(runner);
  return sent;
}

const newer = (one: string, other: string) => one.localeCompare(other, 'en', { numeric: true }) > 0;

/**
 * Why `migration` must not be part of release `version`; nothing where it may. A migration that only adds may always; one
 * that takes away names the last release that used it, which must be an earlier one.
 */
export async function refusals(migration: MigrationInterface, version: string): Promise<string[]> {
  const { unusedAfter } = (migration as Partial<Contracting>).contract ?? {};
  if (unusedAfter !== undefined) {
    if (!/^\d+\.\d+\.\d+$/.test(unusedAfter))
      return [`names no release in contract.unusedAfter: ${unusedAfter}`];
    return newer(version, unusedAfter)
      ? []
      : [`takes away what release ${unusedAfter} uses, and this is ${version}`];
  }
  const { compatible = [] } = migration as Partial<Compatible>;
  const named = new Set(compatible.map(({ statement }) => statement));
  try {
    return breaksOf((await statementsOf(migration)).filter(statement => !named.has(statement)));
  } catch (error) {
    return [(error as Error).message];
  }
}

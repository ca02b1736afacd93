import type { MigrationInterface, QueryRunner } from 'typeorm';
import { emailForm } from './1795700010000-email-form';
import type { Compatible } from './rolling';

interface Holder {
  id: string;
  email: string;
}

/** Rows read at once. */
const BATCH = 1000;

const TABLES = ['users', 'accounts'] as const;
const column = (table: string, collation: string) =>
  `ALTER TABLE ${table} MODIFY email varchar(255) CHARACTER SET utf8mb4 COLLATE ${collation} NOT NULL`;
const exact = (table: string) => column(table, 'utf8mb4_bin');

/**
 * E-mail addresses in their canonical form, compared byte by byte. Stops before it changes anything where an address has
 * no canonical form, or where two have the same. Can be repeated from any point.
 */
export class ExactEmails1795700010000 implements MigrationInterface, Compatible {
  name = 'ExactEmails1795700010000';

  compatible = TABLES.map(table => ({
    statement: exact(table),
    because: 'the version before writes lower-case ASCII addresses and looks them up in lower case',
  }));

  async up(runner: QueryRunner): Promise<void> {
    const changes = [];
    const problems: string[] = [];
    for (const table of TABLES) {
      const holders = await holdersOf(runner, table);
      problems.push(...problemsOf(table, holders));
      changes.push(...holders.map(holder => ({ table, ...holder, canonical: emailForm(holder.email) })));
    }
    if (problems.length > 0) throw new Error(explain(problems));
    for (const { table, id, email, canonical } of changes) {
      if (canonical !== email)
        await runner.query(`UPDATE ${table} SET email = ? WHERE id = ?`, [canonical, id]);
    }
    for (const table of TABLES) await runner.query(exact(table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(column(table, 'utf8mb4_unicode_ci'));
  }
}

async function holdersOf(runner: QueryRunner, table: string): Promise<Holder[]> {
  const all: Holder[] = [];
  for (;;) {
    const after = all.at(-1)?.id ?? '';
    const rows: Holder[] = await runner.query(
      `SELECT id, email FROM ${table} WHERE id > ? ORDER BY id LIMIT ${BATCH}`,
      [after],
    );
    all.push(...rows);
    if (rows.length < BATCH) return all;
  }
}

/** A sentence for every address without a canonical form, and for every form that several rows have. */
function problemsOf(table: string, holders: readonly Holder[]): string[] {
  const byForm = new Map<string | undefined, Holder[]>();
  for (const holder of holders) {
    const form = emailForm(holder.email);
    byForm.set(form, [...(byForm.get(form) ?? []), holder]);
  }
  const named = (rows: readonly Holder[]) =>
    rows.map(({ id, email }) => `${table} ${id} ${JSON.stringify(email)}`);
  return [...byForm].flatMap(([form, rows]) => {
    if (form === undefined) return named(rows).map(row => `${row} is not an e-mail address`);
    return rows.length > 1 ? [`${named(rows).join(' and ')} are both ${form}`] : [];
  });
}

const explain = (problems: readonly string[]) =>
  `E-mail addresses need one canonical form each, and ${problems.length} have none:
${problems.map(problem => `- ${problem}`).join('\n')}
Nothing was changed. Give each of these rows another address, for example with
UPDATE users SET email = 'ada@example.com' WHERE id = 'usr_…'; and run the migration again.`;

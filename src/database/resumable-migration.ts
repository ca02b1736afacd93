import { createHash } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { RetryBudget } from './retry-budget';

/** Progress of migrations by statement. Rows stay until the migration is reverted. */
const TABLE = `CREATE TABLE IF NOT EXISTS migration_statements (
  migration varchar(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  fingerprint char(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  occurrence int NOT NULL,
  finished tinyint NOT NULL,
  affectedRows bigint NULL,
  PRIMARY KEY (migration, fingerprint, occurrence)
) ENGINE=InnoDB`;

/** Errors of a statement that has already taken effect. */
const ALREADY_APPLIED = new Set([
  1050, // ER_TABLE_EXISTS_ERROR
  1051, // ER_BAD_TABLE_ERROR: dropped before
  1060, // ER_DUP_FIELDNAME
  1061, // ER_DUP_KEYNAME
  1091, // ER_CANT_DROP_FIELD_OR_KEY
  1826, // ER_FK_DUP_NAME
]);
/** Error of InnoDB of MariaDB for a foreign key that already exists. */
const DUPLICATE_FOREIGN_KEY = { errno: 1005, message: /errno: 121\b/ };

/** Statements without a lasting effect. They are sent every time. */
const UNTRACKED = /^\s*(SELECT|SHOW|SET)\b/i;
/** Statements that a transaction can roll back. They are committed together with their progress. */
const TRANSACTIONAL = /^\s*(INSERT|UPDATE|DELETE|REPLACE)\b/i;

interface Progress {
  fingerprint: string;
  /** Number of earlier identical statements of the migration. */
  occurrence: number;
  finished: number;
  affectedRows: number | null;
}

type Query = (sql: string, values?: unknown[]) => Promise<never>;

/**
 * A migration that can be interrupted between and within any of its statements and run again. MySQL and MariaDB commit
 * each change of the schema by itself, so a transaction cannot hold a migration together. Progress is kept for every
 * statement instead:
 * - rows are changed in one transaction with their progress, so exactly once;
 * - a change of the schema is announced, made, and then marked as finished. If only its announcement is found, it is made
 *   again, and the answer that it is there already counts as success. A change of one table is atomic on both servers.
 *
 * Statements that conflict with others are repeated.
 */
export function resumableMigration(Migration: new () => MigrationInterface): new () => MigrationInterface {
  const name = new Migration().name ?? Migration.name;
  const Repeatable = class extends Migration {
    override name = name;
    // Each statement is committed on its own.
    override transaction = false;

    override async up(runner: QueryRunner): Promise<void> {
      const recorded = await trackProgress(runner, name);
      await deleteProgress(runner, `${name}.down`);
      await super.up(recorded);
    }

    override async down(runner: QueryRunner): Promise<void> {
      await super.down(await trackProgress(runner, `${name}.down`));
      await deleteProgress(runner, name);
    }
  };
  Object.defineProperty(Repeatable, 'name', { value: Migration.name });
  return Repeatable;
}

/** Deletes the progress of the other direction, which can then run again. */
const deleteProgress = (runner: QueryRunner, migration: string) =>
  runner.query('DELETE FROM migration_statements WHERE migration = ?', [migration]);

/** Wraps `runner` so that statements that have taken effect are not sent again. */
async function trackProgress(runner: QueryRunner, migration: string): Promise<QueryRunner> {
  await runner.query(TABLE);
  const rows: Progress[] = await runner.query(
    'SELECT fingerprint, occurrence, finished, affectedRows FROM migration_statements WHERE migration = ?',
    [migration],
  );
  const before = new Map(rows.map(row => [keyOf(row), row]));
  const sent = new Map<string, number>();
  const query: Query = async (sql, values = []) => {
    if (UNTRACKED.test(sql)) return runner.query(sql, values) as Promise<never>;
    const fingerprint = fingerprintOf(sql, values);
    const occurrence = sent.get(fingerprint) ?? 0;
    sent.set(fingerprint, occurrence + 1);
    const statement = { runner, sql, values, migration, fingerprint, occurrence };
    const found = before.get(keyOf(statement));
    if (found?.finished) return { affectedRows: Number(found.affectedRows ?? 0) } as never;
    const run = TRANSACTIONAL.test(sql) ? changeRows : changeSchema;
    return retryConflicts(() => run(statement, found !== undefined)) as Promise<never>;
  };
  return new Proxy(runner, {
    get: (target, key) => {
      if (key === 'query') return query;
      const value = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

interface Statement {
  runner: QueryRunner;
  sql: string;
  values: unknown[];
  migration: string;
  fingerprint: string;
  occurrence: number;
}

async function changeRows({ runner, sql, values, ...statement }: Statement): Promise<unknown> {
  // TypeORM reverts within its own transaction, which the first schema change commits.
  if (runner.isTransactionActive) return runner.query(sql, values);
  await runner.startTransaction();
  try {
    const result: { affectedRows: number } = await runner.query(sql, values);
    await writeProgress(runner, statement, 1, result.affectedRows);
    await runner.commitTransaction();
    return result;
  } catch (error) {
    await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  }
}

async function changeSchema({ runner, sql, values, ...statement }: Statement, announced: boolean) {
  if (!announced) await writeProgress(runner, statement, 0, null);
  const result = await runner.query(sql, values).catch((error: unknown) => {
    if (announced && isAlreadyApplied(error)) return undefined;
    throw error;
  });
  await writeProgress(runner, statement, 1, null);
  return result;
}

function writeProgress(
  runner: QueryRunner,
  { migration, fingerprint, occurrence }: Omit<Statement, 'runner' | 'sql' | 'values'>,
  finished: number,
  affectedRows: number | null,
): Promise<unknown> {
  return runner.query(
    `INSERT INTO migration_statements (migration, fingerprint, occurrence, finished, affectedRows)
     VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE finished = VALUES(finished), affectedRows = VALUES(affectedRows)`,
    [migration, fingerprint, occurrence, finished, affectedRows],
  );
}

function isAlreadyApplied(error: unknown): boolean {
  const { errno = 0, message = '' } = error as { errno?: number; message?: string };
  const { errno: foreignKey, message: pattern } = DUPLICATE_FOREIGN_KEY;
  return ALREADY_APPLIED.has(errno) || (errno === foreignKey && pattern.test(message));
}

const keyOf = ({ fingerprint, occurrence }: Pick<Progress, 'fingerprint' | 'occurrence'>) =>
  `${fingerprint} ${occurrence}`;

const fingerprintOf = (sql: string, values: readonly unknown[]) =>
  createHash('sha256')
    .update(JSON.stringify([sql, values]))
    .digest('hex');

/** Retries a statement after a conflict. A lost connection cannot be retried here: it belongs to the runner. */
async function retryConflicts<T>(work: () => Promise<T>): Promise<T> {
  const budget = new RetryBudget(0);
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if ((error as { fatal?: boolean }).fatal || !(await budget.allowsRetry(error))) throw error;
    }
  }
}

import {
  type Connection,
  createPool,
  type PoolConnection,
  type QueryOptions,
  type RowDataPacket,
} from 'mysql2';

/** Sends one prepared statement. */
export type Send = (sql: string | QueryOptions, values?: readonly unknown[]) => Promise<RowDataPacket[]>;

const pool = createPool({
  uri: process.env.DATABASE_URL ?? '',
  connectionLimit: 16,
  timezone: 'Z',
  supportBigNumbers: true,
});
pool.on('connection', connection => {
  connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
});

const through =
  (channel: Pick<Connection, 'execute'>): Send =>
  (sql, values = []) =>
    new Promise((resolve, reject) => {
      channel.execute<RowDataPacket[]>(sql as QueryOptions, values as string[], (error, rows) =>
        error ? reject(error) : resolve(rows),
      );
    });

/** Sends a statement in a separate transaction. */
export const send = through(pool);

/** Runs `work` in one transaction. */
export async function transaction(work: (send: Send) => Promise<void>): Promise<void> {
  const connection = await new Promise<PoolConnection>((resolve, reject) => {
    pool.getConnection((error, free) => (error ? reject(error) : resolve(free)));
  });
  const control = (sql: string) =>
    new Promise<void>((resolve, reject) => {
      connection.query(sql, error => (error ? reject(error) : resolve()));
    });
  await control('START TRANSACTION');
  await work(through(connection));
  await control('COMMIT');
  connection.release();
}

/** Value that the server computes. */
export const NOW = { sql: 'NOW(3)' };

/** Converts a value to a parameter: objects to JSON, others unchanged. */
const bound = (value: unknown) =>
  value === null || typeof value !== 'object' || value instanceof Date ? value : JSON.stringify(value);

/** Inserts rows in one statement. */
export async function insert(
  into: Send,
  table: string,
  ...rows: readonly Record<string, unknown>[]
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const tuples = rows.map(row => `(${columns.map(name => (row[name] === NOW ? NOW.sql : '?'))})`);
  const values = rows.flatMap(row =>
    Object.values(row).flatMap(value => (value === NOW ? [] : [bound(value)])),
  );
  await into(
    `INSERT ${table === 'search_terms' ? 'IGNORE ' : ''}INTO ${table} (${columns}) VALUES ${tuples}`,
    values,
  );
}

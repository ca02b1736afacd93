import { appendFileSync } from 'node:fs';
import { Connection } from 'mysql2';

/** Preloaded by a server. Appends every statement, with its connection, to the file `BENCH_STATEMENTS`. */
type Method = (this: { threadId: number }, sql: string | { sql: string }, ...rest: unknown[]) => unknown;

const file = process.env.BENCH_STATEMENTS ?? '';
// Common prototype of pooled and other connections.
const base = Object.getPrototypeOf(Connection.prototype) as Record<'execute' | 'query', Method>;
for (const method of ['execute', 'query'] as const) {
  const send = base[method];
  base[method] = function (sql, ...rest) {
    const statement = typeof sql === 'string' ? sql : sql.sql;
    appendFileSync(file, `${JSON.stringify([this.threadId, statement])}\n`);
    return send.call(this, sql, ...rest);
  };
}

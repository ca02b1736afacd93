import { appendFileSync } from 'node:fs';
import { Connection } from 'mysql2';

/** Loaded before a server: appends every statement that is sent to the file that `BENCH_STATEMENTS` names. */
type Method = (this: unknown, sql: string | { sql: string }, ...rest: unknown[]) => unknown;

const file = process.env.BENCH_STATEMENTS ?? '';
// What connections of a pool and others share.
const base = Object.getPrototypeOf(Connection.prototype) as Record<'execute' | 'query', Method>;
for (const method of ['execute', 'query'] as const) {
  const send = base[method];
  base[method] = function (sql, ...rest) {
    appendFileSync(file, `${JSON.stringify(typeof sql === 'string' ? sql : sql.sql)}\n`);
    return send.call(this, sql, ...rest);
  };
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { startOn, startWith } from '../support/private-server';

/** The administrator of a server; may grant rights. */
const ADMIN = { user: 'admin', password: 'only for tests' };

/** A MySQL with options of its own. */
export interface OwnServer {
  port: number;
  /** Runs statements as the administrator, on one connection; resolves to the rows of the last. */
  admin(...statements: string[]): Promise<RowDataPacket[]>;
  /** URL of `database` for a user, by default for the administrator. */
  url(database: string, user?: string, password?: string): string;
  stop(): Promise<void>;
}

/** Starts a MySQL with these options and an administrator. */
export async function startMysqlWith(options: string[]): Promise<OwnServer> {
  const home = mkdtempSync(join(tmpdir(), 'skybasket-mysql-'));
  const plain = await startOn(home);
  await plain.stop();
  const init = join(home, 'admin.sql');
  const account = `'${ADMIN.user}'@'127.0.0.1'`;
  writeFileSync(
    init,
    `CREATE USER ${account} IDENTIFIED BY '${ADMIN.password}';\nGRANT ALL ON *.* TO ${account} WITH GRANT OPTION;\n`,
  );
  const { port, stop } = await startWith(home, plain.socketPath, [`--init-file=${init}`, ...options]);
  return {
    port,
    async admin(...statements) {
      const connection = await createConnection({ host: '127.0.0.1', port, ...ADMIN });
      try {
        let rows: RowDataPacket[] = [];
        for (const sql of statements) [rows] = await connection.query<RowDataPacket[]>(sql);
        return rows;
      } finally {
        await connection.end();
      }
    },
    url: (database, user = ADMIN.user, password = ADMIN.password) =>
      `mysql://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`,
    async stop() {
      await stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

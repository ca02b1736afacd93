import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { type Mariadb, startMariadb } from '../../src/local/mariadb';
import { built } from './dist';

const OWNER = `
  const [, compiled, dataDir] = process.argv;
  require(compiled).startMariadb({ dataDir, log() {} }).then(({ url, pid }) => console.log(JSON.stringify({ url, pid })));
`;

/** Starts a server on that data, says nothing. */
export const startOn = (dataDir: string): Promise<Mariadb> => startMariadb({ dataDir, log: () => undefined });

/** Runs one statement on a connection of its own. */
export async function run(url: string, sql: string): Promise<RowDataPacket[]> {
  const connection = await createConnection(url);
  try {
    const [rows] = await connection.query<RowDataPacket[]>(sql);
    return rows;
  } finally {
    await connection.end();
  }
}

/** Another process that starts a server on that data and then waits to be killed. */
export async function ownerProcess(
  dataDir: string,
): Promise<{ owner: ChildProcess; url: string; pid: number }> {
  const owner = spawn(process.execPath, ['-e', OWNER, built('local/mariadb.js'), dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: owner.stdout }), 'line');
  return { owner, ...(JSON.parse(String(line)) as { url: string; pid: number }) };
}

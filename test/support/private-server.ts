import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { type DatabaseServer, startDatabase } from '../../dev/local/database-server';
import { chooseEngine } from '../../dev/local/engines';
import { freePort } from '../../dev/local/free-port';
import { built } from './dist';
import { until } from './until';

const OWNER = `
  const [, compiled, dataDir] = process.argv;
  require(compiled).startDatabase({ dataDir, log() {} }).then(({ url, pid }) => console.log(JSON.stringify({ url, pid })));
`;

/** Starts a server on that data, without a word. */
export const startOn = (dataDir: string): Promise<DatabaseServer> =>
  startDatabase({ dataDir, log: () => undefined });

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
  const owner = spawn(process.execPath, ['-e', OWNER, built('dev/local/database-server.js'), dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: owner.stdout }), 'line');
  return { owner, ...(JSON.parse(String(line)) as { url: string; pid: number }) };
}

/** Starts a server on data that `startOn` has made, with options of its own; resolves to its port. */
export async function startWith(
  dataDir: string,
  socketPath: string,
  own: string[],
): Promise<{ port: number; stop(): Promise<void> }> {
  const port = await freePort();
  const engine = chooseEngine(process.env);
  const place = { dataDir: resolve(dataDir, engine.id), socketPath, port, initFile: '', throwaway: true };
  const [program, ...options] = engine.find().serve(place);
  const usual = options.filter(option => !option.startsWith('--init-file'));
  const server = spawn(program, [...usual, ...own], { stdio: 'ignore' });
  const exited = once(server, 'exit');
  const listens = () =>
    new Promise<boolean>(answer => {
      const socket = connect(port, '127.0.0.1');
      socket.on('data', () => answer(true)).on('error', () => answer(false));
      socket.on('data', () => socket.destroy());
    });
  await until(listens);
  return {
    port,
    async stop() {
      server.kill();
      await exited;
    },
  };
}

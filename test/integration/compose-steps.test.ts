import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { parse } from 'yaml';
import { type DatabaseServer, startDatabase } from '../../dev/local/database-server';
import { mariadb } from '../../dev/local/mariadb';
import { CREDENTIALS } from '../support/gateway';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process';
import { ROOT } from '../support/root';
import { signIn } from '../support/sign-in';

const compose = parse(readFileSync(resolve(ROOT, 'deploy/compose.yaml'), 'utf8'), { merge: true });
/** What an operator writes into .env. */
const dotenv: Record<string, string> = {
  OWNER_PASSWORD: 'owner-password',
  SERVE_PASSWORD: 'serve-password',
  AUTH_SECRET: 'a secret of the tests that is long enough',
  PROVIDER_URL: 'http://127.0.0.1:9/',
  PROVIDER_APPLICATION_ID: CREDENTIALS.applicationId,
  PROVIDER_API_KEY: CREDENTIALS.apiKey,
  ADMIN_EMAIL: 'ada@example.com',
};

let server: DatabaseServer;
let gateway: GatewayProcess | undefined;
beforeAll(async () => {
  server = await startDatabase({ engine: mariadb, throwaway: true, log: () => undefined });
});
afterAll(async () => {
  await gateway?.stop();
  await server.stop();
});

/** A text of the file, as compose and the network of compose would have it. */
const here = (text: string): string =>
  text
    .replaceAll(/\$\{(\w+)(?::[?-]([^}]*))?\}/g, (_, name, otherwise) => dotenv[name] ?? otherwise ?? '')
    .replaceAll('proxy:3306', `127.0.0.1:${server.port}`)
    .replaceAll('--host=proxy --port=3306', `--host=127.0.0.1 --port=${server.port}`)
    .replaceAll('/grants.sql', resolve(ROOT, 'docs/grants.sql'));

const environment = (name: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries<string>(compose.services[name].environment).map(([key, value]) => [key, here(value)]),
  );

/** Runs the command of a service to its end, as its image does: the image of the gateway begins with Node. */
function runService(name: string): { status: number | null; stdout: string; stderr: string } {
  const { entrypoint = [process.execPath], command } = compose.services[name];
  const [program, ...args] = [...entrypoint, ...command].map(here);
  const env = { PATH: process.env.PATH, ...environment(name) };
  return spawnSync(program ?? '', args, { cwd: ROOT, env, encoding: 'utf8' });
}

async function query(user: string, password: string, sql: string): Promise<any[]> {
  const connection = await createConnection({ host: '127.0.0.1', port: server.port, user, password });
  try {
    const [rows] = await connection.query(sql);
    return rows as any[];
  } finally {
    await connection.end();
  }
}

/** What the image of the database does with an empty volume: the database, its owner, then the files that are mounted. */
async function initialize(): Promise<void> {
  const { username, password } = new URL(server.url);
  const { MARIADB_DATABASE: database, MARIADB_USER: owner, ...more } = environment('database-1');
  await query(username, password, `DROP DATABASE IF EXISTS ${database}`);
  await query(username, password, `CREATE DATABASE ${database}`);
  await query(username, password, `CREATE USER '${owner}'@'%' IDENTIFIED BY '${more.MARIADB_PASSWORD}'`);
  const mounted = compose.services['database-1'].volumes.map((it: string) => it.split(':'));
  const scripts = mounted.filter(([, to]: string[]) => to?.startsWith('/docker-entrypoint-initdb.d/'));
  expect(scripts).toHaveLength(1);
  const client = `mariadb --host=127.0.0.1 --port=${server.port} --user=${username}`;
  const child = spawn(
    'bash',
    ['-ec', `docker_process_sql() { ${client}; }; . ${resolve(ROOT, 'deploy', scripts[0][0])}`],
    {
      env: {
        PATH: process.env.PATH,
        MYSQL_PWD: password,
        MARIADB_DATABASE: database,
        MARIADB_USER: owner,
        ...more,
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  expect(await once(child, 'exit')).toEqual([0, null]);
}

test('the steps of compose turn an empty volume into a gateway with an administrator', async () => {
  await initialize();
  expect(runService('migrate')).toMatchObject({ status: 0 });
  expect(runService('grant')).toMatchObject({ status: 0, stderr: '' });
  const { status, stdout } = runService('setup');
  expect(status).toBe(0);
  const password = /ada@example\.com can sign in with (\S+)/.exec(stdout)?.[1];
  expect(runService('retention')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^0 events /) });
  // The next `up` runs them again.
  expect(['migrate', 'grant', 'setup'].map(name => runService(name).status)).toEqual([0, 0, 0]);

  gateway = await startGatewayProcess({ ...environment('gateway-1'), PORT: '0', PROVIDER_TIMEOUT_MS: '600' });
  const payload = await signIn(gateway, 'ada@example.com', password);
  expect(payload).toMatchObject({ viewer: { roles: ['ADMINISTRATOR'] }, errors: [] });
  expect(gateway.log.filter(({ level }) => level >= 40)).toEqual([]);
});

test("the gateways' user cannot change tables or events; the health check's user can connect only from the proxy", async () => {
  const serve = (sql: string) => query('serve', dotenv.SERVE_PASSWORD ?? '', sql);
  await expect(serve('DROP TABLE skybasket.orders')).rejects.toThrow('command denied');
  await expect(serve('DELETE FROM skybasket.events')).rejects.toThrow('command denied');
  await expect(serve("UPDATE skybasket.events SET type = 'x'")).rejects.toThrow('command denied');
  await expect(serve("CREATE USER 'more'@'%'")).rejects.toThrow('denied');
  await expect(query('skybasket_check', '', 'SELECT 1')).rejects.toThrow('Access denied');
  const owner = await query('owner', dotenv.OWNER_PASSWORD ?? '', 'SHOW GRANTS');
  expect(owner.map(row => Object.values(row)[0])).toContainEqual(
    expect.stringContaining('ON `skybasket`.* TO'),
  );
});

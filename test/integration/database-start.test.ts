import { createConnection } from 'mysql2/promise';
import { readDatabase } from '../../src/config';
import { DatabaseUnusable, openDatabase } from '../../src/database';
import { freePort } from '../../src/local/free-port';
import { emptySchema } from '../support/empty-schema';
import { startOn, startTestGateway, usualDatabase } from '../support/gateway';

const server = process.env.TEST_DATABASE_URL ?? '';

const refused = async (change: (url: URL) => void, waitMs = 0, onWaiting?: (sentence: string) => void) => {
  const url = new URL(server);
  change(url);
  const settings = readDatabase({ DATABASE_URL: url.toString() });
  const opening = openDatabase(settings, { waitMs, ...(onWaiting && { onWaiting }) });
  const error = await opening.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DatabaseUnusable);
  return (error as Error).message;
};

test('a wrong password, a database that is not there and one that cannot be reached have a sentence each', async () => {
  const { port, username } = new URL(server);
  expect(
    await refused(url => {
      url.password = 'wrong';
    }),
  ).toBe(
    `The database at 127.0.0.1:${port} does not accept the user "${username}" with the password of DATABASE_URL. If it demands TLS, set DATABASE_TLS.`,
  );
  expect(
    await refused(url => {
      url.pathname = '/nowhere';
    }),
  ).toBe(
    `The database at 127.0.0.1:${port} has no database "nowhere" that the user of DATABASE_URL may use.`,
  );
  const nobody = await freePort();
  const unreachable = `The database at 127.0.0.1:${nobody} cannot be reached (ECONNREFUSED). Check DATABASE_URL, and that the database runs.`;
  const said: string[] = [];
  const message = await refused(
    url => {
      url.port = String(nobody);
    },
    300,
    sentence => said.push(sentence),
  );
  expect([message, ...said]).toEqual([unreachable, unreachable]);
});

test('a gateway on an empty database does not start, and says what is missing', async () => {
  const databaseUrl = await emptySchema();
  const gateway = startTestGateway({}, { databaseUrl, migrate: false });
  await expect(gateway).rejects.toThrow(
    /^The database is not migrated\. Missing: Initial1795300000000, .+ Start one gateway with MIGRATE=1\.$/,
  );
});

describe('readiness', () => {
  let gateway: Awaited<ReturnType<typeof startTestGateway>>;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.stop());

  const ready = async (url: string) => {
    const response = await fetch(`${url}/readyz`);
    return [response.status, await response.json()];
  };
  const all = { reads: true, writes: true, missingMigrations: [] };

  test('says what is possible', async () => {
    expect(await ready(gateway.url)).toEqual([200, { status: 'ready', ...all }]);
  });

  test('names the migrations that are missing, until they are there', async () => {
    const [last] = await gateway.rows('SELECT * FROM migrations ORDER BY id DESC LIMIT 1');
    await gateway.rows('DELETE FROM migrations WHERE id = ?', [last?.id]);
    const second = await startOn({ ...gateway.settings, migrate: false, demoData: false });
    try {
      const missing = { status: 'not ready', ...all, missingMigrations: [last?.name] };
      expect(await ready(second.url)).toEqual([503, missing]);
      await gateway.rows('INSERT INTO migrations SET ?', [last]);
      expect(await ready(second.url)).toEqual([200, { status: 'ready', ...all }]);
    } finally {
      await second.stop();
    }
  });

  test('tells a database that takes no writes', async () => {
    // An ordinary user: read_only does not bind the one that owns the server.
    const owner = await createConnection(server);
    const name = `reader_w${process.env.JEST_WORKER_ID}`;
    await owner.query(`DROP USER IF EXISTS '${name}'@'%'`);
    await owner.query(`CREATE USER '${name}'@'%' IDENTIFIED BY 'only for tests'`);
    const { pathname } = new URL(gateway.settings.databaseUrl);
    await owner.query(`GRANT SELECT ON \`${pathname.slice(1)}\`.* TO '${name}'@'%'`);
    const url = new URL(gateway.settings.databaseUrl);
    Object.assign(url, { username: name, password: 'only for tests' });
    const reading = await startOn({
      ...gateway.settings,
      databaseUrl: url.toString(),
      database: usualDatabase(),
      migrate: false,
      demoData: false,
    });
    try {
      expect(await ready(reading.url)).toEqual([503, { status: 'not ready', ...all, writes: false }]);
    } finally {
      await reading.stop();
      await owner.query(`DROP USER '${name}'@'%'`);
      await owner.end();
    }
  });
});

import net from 'node:net';
import { createConnection } from 'mysql2/promise';
import { freePort } from '../../dev/local/free-port';
import { readDatabase } from '../../src/config';
import { createDataSource, DatabaseUnusable, detectDialect, openDatabase } from '../../src/database';
import { Session } from '../../src/database/session';
import { OperatorError } from '../../src/terminal/explain';
import { emptySchema } from '../support/empty-schema';
import { startOn, startTestGateway, usualDatabase } from '../support/gateway';
import { until } from '../support/until';

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

test('a wrong password, a missing database and an unreachable server each have their own message', async () => {
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
  const unreachable = `The database at 127.0.0.1:${nobody} cannot be reached (ECONNREFUSED). Check DATABASE_URL, and that the database is running.`;
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

test('a gateway on an empty database fails to start, and names the missing migrations', async () => {
  const databaseUrl = await emptySchema();
  const gateway = startTestGateway({}, { databaseUrl, migrate: false, demoData: false });
  await expect(gateway).rejects.toThrow(
    /^The database is not migrated\. Missing: Initial1795300000000, .+ Start one gateway with MIGRATE=1\.$/,
  );
});

test('a start that fails for another reason reports that reason, not the missing migrations', async () => {
  const databaseUrl = await emptySchema();
  const source = await createDataSource(databaseUrl, await detectDialect(databaseUrl), 2).initialize();
  await source.runMigrations({ transaction: 'each' });
  await source.query('DELETE FROM migrations ORDER BY id DESC LIMIT 1');
  await source.destroy();
  const taken = net.createServer();
  await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as net.AddressInfo;
  try {
    const gateway = startTestGateway({}, { databaseUrl, migrate: false, demoData: false, port });
    await expect(gateway).rejects.toMatchObject({ code: 'EADDRINUSE' });
  } finally {
    await new Promise(resolve => taken.close(resolve));
  }
});

test('a failed migration prints its whole reason', async () => {
  const databaseUrl = await emptySchema();
  const source = await createDataSource(databaseUrl, await detectDialect(databaseUrl), 2).initialize();
  await source.runMigrations({ transaction: 'each' });
  for (const [table, column] of [
    ['migrations', 'name'],
    ['migration_statements', 'migration'],
  ])
    await source.query(`DELETE FROM ${table} WHERE ${column} = 'ExactEmails1795700010000'`);
  await source.query(
    `INSERT INTO users (id, name, email, roles, passwordHash) VALUES ('usr_1', 'A', 'nothing', '[]', '')`,
  );
  await source.destroy();
  jest.spyOn(console, 'log').mockImplementation();
  const error = await startTestGateway({}, { databaseUrl, migrate: true, demoData: false }).catch(
    (reason: unknown) => reason,
  );
  jest.restoreAllMocks();
  expect(error).toBeInstanceOf(OperatorError);
  expect((error as Error).message).toMatch(
    /^E-mail addresses .*\n- users usr_1 "nothing" is not an e-mail address\n.* run the migration again\.$/s,
  );
});

test('a start that waits for a silent database leaves no connection behind', async () => {
  const target = new URL(server);
  const open = new Set<net.Socket>();
  let count = 0;
  const way = net.createServer(near => {
    count += 1;
    open.add(near);
    near.on('error', () => undefined).on('close', () => open.delete(near));
    // The first connection of an attempt asks for the kind of the server; the pool's is never greeted.
    if (count % 2 === 0) return;
    const far = net.connect(Number(target.port), target.hostname);
    near.on('close', () => far.destroy()).pipe(far);
    far.on('error', () => undefined).pipe(near);
  });
  await new Promise<void>(resolve => way.listen(0, '127.0.0.1', resolve));
  const url = Object.assign(new URL(server), { port: String((way.address() as net.AddressInfo).port) });
  const settings = {
    ...readDatabase({ DATABASE_URL: url.toString() }),
    database: usualDatabase({ statementTimeoutMs: 200 }),
  };
  await expect(openDatabase(settings, { waitMs: 500 })).rejects.toThrow(DatabaseUnusable);
  expect(count).toBeGreaterThan(2);
  await until(() => open.size === 0);
  await new Promise(resolve => way.close(resolve));
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

  test('queries the database once for concurrent probes', async () => {
    const spy = jest.spyOn(Session.prototype as any, 'send');
    const answers = await Promise.all(Array.from({ length: 50 }, () => ready(gateway.url)));
    const asked = spy.mock.calls.filter(([sql]) => String(sql).includes('FROM migrations'));
    spy.mockRestore();
    expect(answers).toEqual(Array(50).fill([200, { status: 'ready', ...all }]));
    expect(asked).toHaveLength(1);
  });

  test('fails after a write to a full disk, until a write succeeds', async () => {
    const { db } = gateway.app.deps;
    await gateway.rows('SET SESSION max_heap_table_size = 16384');
    await gateway.rows('CREATE TABLE no_room (text CHAR(200)) ENGINE=MEMORY');
    const full = db.execute(
      "INSERT INTO no_room SELECT REPEAT('x', 200) FROM information_schema.COLUMNS LIMIT 1000",
    );
    await expect(full).rejects.toThrow('not available');
    await gateway.rows('DROP TABLE no_room');
    await until(async () => (await ready(gateway.url))[0] === 503);
    await until(async () => (await ready(gateway.url))[0] === 200);
  });

  test('reports ready', async () => {
    expect(await ready(gateway.url)).toEqual([200, { status: 'ready', ...all }]);
  });

  test('names missing migrations until they are applied', async () => {
    const [last] = await gateway.rows('SELECT * FROM migrations ORDER BY id DESC LIMIT 1');
    await gateway.rows('DELETE FROM migrations WHERE id = ?', [last?.id]);
    const second = await startOn({ ...gateway.settings, migrate: false });
    try {
      const missing = { status: 'not ready', ...all, missingMigrations: [last?.name] };
      expect(await ready(second.url)).toEqual([503, missing]);
      await gateway.rows('INSERT INTO migrations SET ?', [last]);
      await until(async () => (await ready(second.url))[0] === 200);
      expect(await ready(second.url)).toEqual([200, { status: 'ready', ...all }]);
    } finally {
      await second.stop();
    }
  });

  test('reports a read-only database', async () => {
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

import 'reflect-metadata';
import net from 'node:net';
import type { DataSource } from 'typeorm';
import { createDataSource, Database, DatabaseUnavailable, detectDialect } from '../../src/database';
import { run } from '../support/private-server';
import { elapse } from '../support/until';

const server = new URL(process.env.TEST_DATABASE_URL ?? '');

let way: ReturnType<typeof wayTo>;
let source: DataSource;
let db: Database;
beforeAll(async () => {
  way = wayTo(server);
  const port = await way.open();
  const url = Object.assign(new URL(server), { port: String(port) }).toString();
  source = createDataSource(url, await detectDialect(url), 2);
  await source.initialize();
  db = Database.over(source);
});
afterAll(async () => {
  await source.destroy();
  await way.cut();
});

/** A way to the database at a port of its own that can be cut, with all that goes over it. */
function wayTo(target: URL) {
  const sockets = new Set<net.Socket>();
  let proxy: net.Server | undefined;
  let port = 0;
  return {
    async open(): Promise<number> {
      proxy = net.createServer(near => {
        const far = net.connect(Number(target.port), target.hostname);
        for (const [socket, other] of [
          [near, far],
          [far, near],
        ] as const) {
          sockets.add(socket);
          socket.pipe(other);
          socket.on('error', () => undefined).on('close', () => other.destroy());
        }
      });
      await new Promise<void>(resolve => proxy?.listen(port, '127.0.0.1', resolve));
      port = (proxy.address() as net.AddressInfo).port;
      return port;
    },
    async cut(): Promise<void> {
      const closed = new Promise(resolve => proxy?.close(resolve));
      for (const socket of sockets) socket.destroy();
      sockets.clear();
      await closed;
    },
  };
}

/** Something that goes wrong at the database, once. */
const once = (errno: number) => {
  let left = 1;
  return () => {
    left -= 1;
    if (left === 0) throw Object.assign(new Error('away'), { errno });
  };
};

test('reads of a request wait until the database is back; polls fail at once', async () => {
  await way.cut();
  await expect(db.rows('SELECT 1 AS n')).rejects.toThrow();
  let answered = false;
  const reading = db.metered().rows('SELECT 1 AS n');
  void reading.then(() => {
    answered = true;
  });
  await elapse(300, 'the read is not answered meanwhile');
  expect(answered).toBe(false);
  await way.open();
  expect(await reading).toEqual([{ n: 1 }]);
});

test('a single-statement write is not repeated: its outcome is unknown', async () => {
  await way.cut();
  await expect(db.metered().execute('DO 1')).rejects.toThrow();
  await way.open();
});

test('a unit of work that begins during an outage completes after it', async () => {
  await way.cut();
  const restarts = db.restarts;
  const working = db.transaction(tx => tx.rows('SELECT 1 AS n'));
  await elapse(300, 'the database is away for a while');
  await way.open();
  expect(await working).toEqual([{ n: 1 }]);
  expect(db.restarts).toBeGreaterThan(restarts);
});

test.each([1047, 1053, 1180, 1290, 1836, 3032, 3100, 3169, 4031])(
  'after error %i a unit of work continues on another connection',
  async errno => {
    const away = once(errno);
    const seen: number[] = [];
    await db.transaction(async tx => {
      const [row] = await tx.rows<{ id: number }>('SELECT CONNECTION_ID() AS id');
      seen.push(row?.id ?? 0);
      away();
    });
    expect(seen).toHaveLength(2);
    expect(new Set(seen).size).toBe(2);
  },
);

test.each([1020, 1205, 1213, 1317, 1615, 3101])('after error %i a unit of work restarts', async errno => {
  const away = once(errno);
  let attempts = 0;
  await db.transaction(async () => {
    attempts += 1;
    away();
  });
  expect(attempts).toBe(2);
});

test.each([1021, 1030, 1114])('error %i fails at once: waiting does not help', async errno => {
  const away = once(errno);
  let attempts = 0;
  const refused = await db
    .transaction(async () => {
      attempts += 1;
      away();
    })
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(DatabaseUnavailable);
  expect(attempts).toBe(1);
});

test('a killed statement is sent again', async () => {
  const [row] = await db.rows<{ id: number }>('SELECT CONNECTION_ID() AS id');
  const sleeping = db.rows<{ woken: number }>(`SELECT SLEEP(1) AS woken, 'of ${row?.id}' AS mine`);
  for (let killed = false; !killed; ) {
    const [found] = await run(
      server.toString(),
      `SELECT ID FROM information_schema.PROCESSLIST WHERE INFO LIKE "%'of ${row?.id}'%" AND INFO NOT LIKE '%PROCESSLIST%'`,
    );
    if (!found) continue;
    await run(server.toString(), `KILL QUERY ${found.ID}`);
    killed = true;
  }
  expect(await sleeping).toMatchObject([{ mine: `of ${row?.id}` }]);
});

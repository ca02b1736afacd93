import { createConnection } from 'mysql2/promise';
import { elapse } from '../support/until';
import { type Lab, startLab } from './support/lab';
import { type Fault, lasting, underLoad } from './support/scenario';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab.stop());

/** Connections of the gateway, as the server has them. */
const ofGateway = () =>
  lab.rows<{ id: number }>(`SELECT ID AS id FROM information_schema.PROCESSLIST WHERE USER = 'gateway'`);

/** Another client that takes every connection that the server has left, those of the gateway too. */
const exhausted: Fault = async ({ serverUrl, rows, database }) => {
  const [before] = await rows('SELECT @@max_connections AS n');
  await rows('SET GLOBAL max_connections = 20');
  const taken: Awaited<ReturnType<typeof createConnection>>[] = [];
  database.refuse(true);
  database.cut();
  // The last one is refused.
  for (let full = false; !full; ) {
    await createConnection(serverUrl).then(
      connection => taken.push(connection),
      () => {
        full = true;
      },
    );
  }
  database.refuse(false);
  await lasting(20);
  for (const connection of taken) await connection.end();
  await rows(`SET GLOBAL max_connections = ${before?.n}`);
};

const FAULTS: Record<string, Fault> = {
  '300 ms latency for 10 s': async ({ database }) => {
    database.set({ delayMs: 300 });
    await lasting(10);
    database.heal();
  },
  '5 % of statements break their connection, 10 s': async ({ database }) => {
    database.dropping(0.05);
    await lasting(10);
    database.heal();
  },
  'silent for 10 s, new connections too': async ({ database }) => {
    database.set({ silent: true });
    database.silence();
    await lasting(10);
    database.heal();
  },
  '10 kB/s on each connection for 10 s': async ({ database }) => {
    database.set({ bytesPerSecond: 10_000 });
    await lasting(10);
    database.heal();
  },
  'the answer of every third COMMIT is lost, 10 s': async ({ database }) => {
    database.set({ lose: { text: '\x03COMMIT', probability: 0.33 } });
    await lasting(10);
    database.heal();
  },
  'read_only = ON for 20 s': async ({ rows }) => {
    await rows('SET GLOBAL read_only = ON');
    await lasting(20);
    await rows('SET GLOBAL read_only = OFF');
  },
  'another client takes all connections, 20 s': exhausted,
  'random KILL and KILL QUERY for 20 s': async ({ rows }) => {
    const until = performance.now() + 20_000;
    while (performance.now() < until) {
      const ids = await ofGateway();
      const victim = ids[Math.floor(Math.random() * ids.length)];
      // One that has gone by itself is no error.
      if (victim) await rows(`KILL ${Math.random() < 0.5 ? 'QUERY' : ''} ${victim.id}`).catch(() => undefined);
      await elapse(100, 'the kills are steady');
    }
  },
};

test.each(Object.entries(FAULTS))('database: %s', async (name, fault) => {
  await underLoad(lab, 'Database', name, fault);
});

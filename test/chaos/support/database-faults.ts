import { type Connection, createConnection } from 'mysql2/promise';
import type { Faults } from '../../support/paced';
import type { Rows } from '../../support/rows';
import { elapse, until } from '../../support/until';
import { type Fault, lasting } from './scenario';

/** Connections of gateways, as the server has them, in random order. */
const ofGateway = (rows: Rows) =>
  rows<{ id: number }>(
    `SELECT ID AS id FROM information_schema.PROCESSLIST WHERE USER = 'gateway' ORDER BY RAND()`,
  );

/** Faults of the proxy before the database, for some seconds. */
export const between =
  (seconds: number, faults: Partial<Faults>): Fault =>
  async ({ database }) => {
    database.set(faults);
    await lasting(seconds);
    database.heal();
  };

/** Every third COMMIT is done, and the connection breaks before its answer. */
export const losingCommits = (seconds: number) =>
  between(seconds, { lose: { text: '\x03COMMIT', probability: 0.33 } });

/** Nothing passes, on connections that are there and on new ones. */
export const silent =
  (seconds: number): Fault =>
  async lab => {
    lab.database.silence();
    await between(seconds, { silent: true })(lab);
  };

/** The server refuses writes. */
export const readOnly =
  (seconds: number): Fault =>
  async ({ rows }) => {
    await rows('SET GLOBAL read_only = ON');
    await lasting(seconds);
    await rows('SET GLOBAL read_only = OFF');
  };

/** Another client takes all connections of the server, those of the gateway too. */
export const exhausted =
  (seconds: number): Fault =>
  async ({ serverUrl, rows, database }) => {
    const [before] = await rows('SELECT @@max_connections AS n');
    await rows('SET GLOBAL max_connections = 20');
    database.refuse(true);
    database.cut();
    // The server frees the places of connections that are cut a moment later.
    await until(async () => (await ofGateway(rows)).length === 0);
    const taken: Connection[] = [];
    const take = () =>
      createConnection(serverUrl).then(
        connection => taken.push(connection),
        () => 0,
      );
    while ((await take()) > 0);
    database.refuse(false);
    await lasting(seconds);
    for (const connection of taken) await connection.end();
    await rows(`SET GLOBAL max_connections = ${before?.n}`);
  };

/** Connections and statements of the gateway are killed at random, ten a second. */
export const killing =
  (seconds: number): Fault =>
  async ({ rows }) => {
    for (let nth = 0; nth < seconds * 10; nth += 1) {
      const [victim] = await ofGateway(rows);
      const kind = Math.random() < 0.5 ? 'QUERY' : '';
      // One that has gone by itself is no error.
      if (victim) await rows(`KILL ${kind} ${victim.id}`).catch(() => undefined);
      await elapse(100, 'the kills are steady');
    }
  };

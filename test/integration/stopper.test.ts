import { type Connection, createConnection } from 'mysql2';
import { identify, identityOf } from '../../src/database/server-identity';
import { StatementKiller } from '../../src/database/statement-killer';
import { run } from '../support/private-server';

const server = process.env.TEST_DATABASE_URL ?? '';

let connection: Connection;
beforeEach(async () => {
  connection = createConnection(server);
  connection.on('error', () => undefined);
  await new Promise<void>(resolve => identify(connection, resolve));
});
afterEach(() => connection.destroy());

const stop = (identity: string) =>
  new Promise<void>((done, fail) =>
    new StatementKiller({ uri: server }, fail).kill({
      kind: 'CONNECTION',
      threadId: connection.threadId ?? 0,
      server: identity,
      hasEnded: () => false,
      done,
    }),
  );
const count = async () =>
  (
    await run(
      server,
      `SELECT ID FROM information_schema.PROCESSLIST WHERE ID = ${connection.threadId} AND COMMAND <> 'Killed'`,
    )
  ).length;

test('a connection is killed on its server, not on another server with the same connection id', async () => {
  await stop('[["hostname","another"]]');
  expect(await count()).toBe(1);
  await stop(identityOf(connection) ?? '');
  expect(await count()).toBe(0);
});

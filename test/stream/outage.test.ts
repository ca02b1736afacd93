import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DatabaseServer, startDatabase } from '../../dev/local/database-server';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { Listener, orderBackups, PROVISIONING } from '../support/streams';
import { tell } from '../support/tell';
import { elapse } from '../support/until';

const home = mkdtempSync(join(tmpdir(), 'skybasket-outage-'));
let mariadb: DatabaseServer;
let gateway: TestGateway;
beforeAll(async () => {
  mariadb = await startDatabase({ dataDir: home, log: () => undefined });
  gateway = await startTestGateway({}, { databaseUrl: mariadb.url });
});
afterAll(async () => {
  await gateway.stop();
  await mariadb.stop();
  rmSync(home, { recursive: true, force: true });
});

test('readers get the messages of a database outage on their open connection', async () => {
  await orderBackups(gateway, { lines: 1 });
  await gateway.settled();
  const [operation] = await gateway.app.deps.db.rows<{ id: string }>('SELECT id FROM operations LIMIT 1');
  const id = operation?.id ?? '';
  const token = await gateway.token('admin@bss.example');
  const reader = await new Listener(gateway.url, token, PROVISIONING).has(1);
  await tell(gateway.app, id, ['before']);
  await reader.has(2);

  const { port } = mariadb;
  await mariadb.stop();
  await elapse(1000, 'the database is away for a while');
  mariadb = await startDatabase({ dataDir: home, port, log: () => undefined });
  await tell(gateway.app, id, ['after 1', 'after 2']);
  await reader.has(4);
  expect(reader.messages.slice(1).map(({ message }) => message)).toEqual(['before', 'after 1', 'after 2']);
  expect(reader.errors).toEqual([]);
  await reader.stop();
});

import { shortenWaits } from '../../src/jobs/shorten-waits';
import { deskOf, license, newAccount } from '../support/desk';
import { startTestGateway, type TestGateway } from '../support/gateway';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

const HOUR_MS = 3_600_000;
const LEASE_MS = 15_000;

test('work continues at once after the clock of the database goes back an hour', async () => {
  const { rows, app } = gateway;
  const manager = deskOf(gateway);
  const orders = [];
  for (const name of ['Long', 'Short', 'Never']) {
    const { id } = await newAccount(rows, name);
    orders.push(await manager.order(id, license('Backups')));
  }
  await gateway.settled();
  const [long, short, never] = orders.map(({ operationId }) => operationId);
  const wait = 'UPDATE operations SET dueAt = NOW(3) + INTERVAL ? SECOND WHERE id = ?';
  await rows(wait, [3600 + 600, long]);
  await rows(wait, [600, short]);
  await shortenWaits(app.deps.db, HOUR_MS, LEASE_MS);
  const waits = await rows(
    'SELECT id, ROUND(TIMESTAMPDIFF(SECOND, NOW(3), dueAt) / 10) * 10 AS seconds FROM operations WHERE id IN (?)',
    [[long, short, never]],
  );
  const secondsOf = (id?: string) => waits.find(row => row.id === id)?.seconds;
  expect([long, short, never].map(secondsOf).map(seconds => seconds && Number(seconds))).toEqual([
    10,
    600,
    null,
  ]);
  await rows('UPDATE operations SET dueAt = NULL');
});

import type { App } from '../../src/app';
import { accountId } from '../../src/demo-data';
import { demoId } from '../../src/demo-data/ids';
import { startOn, startTestGateway, type TestGateway } from '../support/gateway';
import { newKey } from '../support/shop';
import { Listener, loggedSeqs, until } from '../support/streams';

const ORDERS = 50;
const LINES = 20;

const OPERATION = `id state progress finishedAt
  steps { name state attempts error { code message } }
  subscription { state syncState capacityBytes addons { quantity } recurringTotal { amount } }`;
const WATCHED = `subscription ($after: StreamCursor) { provisioningUpdates(after: $after) { __typename
  ... on ProvisioningSnapshot { cursor } ... on ProvisioningUpdate { cursor operation { ${OPERATION} } } } }`;

let gateway: TestGateway;
let other: App;
beforeAll(async () => {
  gateway = await startTestGateway({}, { databasePool: 16 });
  other = await startOn({ ...gateway.settings, migrate: false, demoData: false });
});
afterAll(async () => {
  await other.stop();
  await gateway.stop();
});

const one = <T>(of: readonly T[]): T => of[Math.floor(Math.random() * of.length)] as T;

/** A line of something, with or without trouble at the provider on its way. */
function randomLine() {
  const archive = { addonId: demoId('add', 'CB-ARCHIVE-100GB'), quantity: one([1, 2, 5]) };
  return {
    productId: demoId('prod', one(['CB-SERVER', 'CB-WORKSTATION'])),
    quantity: one([1, 1, 3]),
    billingCycle: one(['MONTHLY', 'ANNUALLY']),
    friendlyName: one(['Server', 'Laptop', 'Office [fail]', 'Office [drop]', 'Office [refuse]']),
    addons: one([[], [archive]]),
  };
}

async function order(): Promise<void> {
  const token = await gateway.token('manager@bss.example');
  const lines = Array.from({ length: LINES }, randomLine);
  const recipientId = accountId(one(['Northwind Traders', 'Contoso', 'Alpine Dental', 'Birch Legal']));
  const placed = await gateway.send(
    token,
    'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } errors { message } } }',
    { input: { recipientId, lines, idempotencyKey: newKey() } },
  );
  expect(placed.data.placeOrder.errors).toEqual([]);
  const executed = await gateway.send(
    token,
    'mutation ($input: ExecuteOrderInput!) { executeOrder(input: $input) { errors { message } } }',
    { input: { orderId: placed.data.placeOrder.order.id, idempotencyKey: newKey() } },
  );
  expect(executed.data.executeOrder.errors).toEqual([]);
}

test('the last message about each of a thousand things ordered at random says what a query says after it', async () => {
  const token = await gateway.token('admin@bss.example');
  const watchers = [gateway.url, other.url].map(url => new Listener(url, token, WATCHED));
  for (const watcher of watchers) await watcher.has(1);
  for (let placed = 0; placed < ORDERS; placed += 1) await order();
  await gateway.settled();
  const logged = await loggedSeqs(gateway, 0);
  const ids = (await gateway.rows('SELECT id FROM operations')).map(({ id }) => id as string);
  expect(ids).toHaveLength(ORDERS * LINES);

  const queried = new Map<string, object>();
  for (let from = 0; from < ids.length; from += 100) {
    const { data } = await gateway.send(
      token,
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on ProvisioningOperation { ${OPERATION} } } }`,
      { ids: ids.slice(from, from + 100) },
    );
    for (const node of data.nodes) queried.set(node.id, node);
  }
  expect(new Set([...queried.values()].map(operation => (operation as { state: string }).state))).toEqual(
    new Set(['SUCCEEDED', 'FAILED']),
  );
  for (const watcher of watchers) {
    await until(() => watcher.seqs.length === logged.length);
    const last = new Map(watcher.messages.slice(1).map(({ operation }) => [operation.id, operation]));
    expect(last).toEqual(queried);
    await watcher.stop();
  }
}, 240_000);

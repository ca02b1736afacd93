import { accountId } from '../../dev/demo-data';
import { people } from '../support/back-office';
import { product } from '../support/catalog';
import { ADMIN, ALPINE, MANAGER, NORTHWIND, STORAGE } from '../support/demo';
import { type MailGateway, startMailGateway } from '../support/mails';
import { operationText } from '../support/operations';
import { fault, faults, refuse } from '../support/provider/of-gateway';
import { type Receiver, startReceiver } from '../support/receiver';
import { Scrape } from '../support/scrape';
import { until } from '../support/until';
import { webhooksOf } from '../support/webhooks';

const OTHER_MANAGER = 'manager2@bss.example';
const BACKUP = { productId: product('CB-SERVER') };
const NOTHING = { count: 0, oldestSeconds: 0 };
const one = { count: 1, oldestSeconds: expect.any(Number) };

let world: MailGateway;
let receiver: Receiver;
let who: ReturnType<typeof people>;
beforeAll(async () => {
  const observability = { accessLog: 'off' as const, metrics: { host: '127.0.0.1', port: 0 }, tracing: null };
  world = await startMailGateway(
    { retries: { firstMs: 60_000, maxMs: 60_000, maxAttempts: 8, totalMs: 600_000 } },
    { observability },
  );
  receiver = await startReceiver();
  who = people(world.gateway);
});
afterAll(async () => {
  await world.stop();
  await receiver.stop();
});

const DOCUMENT = operationText('75-overview');

async function overviewOf(email: string): Promise<any> {
  const { data, errors } = await world.gateway.send<any>(await world.gateway.token(email), DOCUMENT, {});
  if (errors) throw new Error(JSON.stringify(errors));
  return data.overview;
}

/** Numbers of operations by state. */
const states = ({ operations }: any) =>
  Object.fromEntries(operations.map(({ state, count }: any) => [state, count]));
const sums = ({ throughput }: any) =>
  throughput.reduce(
    (sum: number[], period: any) => [
      (sum[0] ?? 0) + period.ordersPlaced,
      (sum[1] ?? 0) + period.operationsSucceeded,
      (sum[2] ?? 0) + period.operationsFailed,
    ],
    [0, 0, 0],
  );
const storage = ({ providers }: any) =>
  providers.find(({ provider }: any) => provider.name === 'impossible-cloud');

test('an idle gateway has nothing that waits', async () => {
  const overview = await overviewOf(ADMIN);
  expect(overview).toMatchObject({
    operations: ['PENDING', 'RUNNING', 'FAILED'].map(state => ({ state, ...NOTHING })),
    operationsOverdueSeconds: 0,
    ordersToExecute: NOTHING,
    cancellationRequests: NOTHING,
    subscriptionChanges: NOTHING,
    webhooks: { deliveries: NOTHING, failing: 0, disabled: 0 },
    mails: NOTHING,
    renewalsOverdueSeconds: 0,
  });
  expect(sums(overview)).toEqual([0, 0, 0]);
  expect(storage(overview)).toMatchObject({ open: 0, retrying: 0, failed: 0, lastSucceededAt: null });
  const starts = overview.throughput.map(({ from }: any) => Date.parse(from));
  const age = Date.parse(overview.readAt) - starts[0];
  expect([starts.length, age]).toEqual([12, 3_600_000]);
});

test('counts orders, operations and requests that the viewer can see, and providers of all accounts', async () => {
  const { gateway } = world;
  const active = await who.manager.liveSubscription(NORTHWIND);
  await faults(gateway, refuse('subscriptions/create'));
  await who.manager.provisioned(accountId('Contoso'), STORAGE);
  await who.manager.placed(NORTHWIND, BACKUP);
  await who.buyer.requested(active);

  for (const email of [ADMIN, MANAGER]) {
    const overview = await overviewOf(email);
    expect(states(overview)).toEqual({ PENDING: 0, RUNNING: 0, FAILED: 1 });
    expect(sums(overview)).toEqual([3, 1, 1]);
    expect(overview).toMatchObject({
      ordersToExecute: one,
      cancellationRequests: one,
      subscriptionChanges: NOTHING,
    });
    expect(storage(overview)).toMatchObject({
      open: 0,
      retrying: 0,
      failed: 1,
      lastSucceededAt: expect.any(String),
    });
  }
  const foreign = await overviewOf(OTHER_MANAGER);
  expect(states(foreign)).toEqual({ PENDING: 0, RUNNING: 0, FAILED: 0 });
  expect(sums(foreign)).toEqual([0, 0, 0]);
  expect(foreign).toMatchObject({ ordersToExecute: NOTHING, cancellationRequests: NOTHING });
  expect(storage(foreign)).toMatchObject({ failed: 1 });
});

test('counts deliveries of a failing webhook, a disabled webhook and mails, and the metrics have the same numbers', async () => {
  const { gateway, server } = world;
  const hooks = webhooksOf(gateway, 'buyer@northwind.example');
  const { webhook } = await hooks.create({ url: receiver.url, eventTypes: ['cancellation.*'] });
  const { webhook: other } = await hooks.create({ url: receiver.url });
  await hooks.update({ webhookId: other.id, state: 'DISABLED' });
  receiver.behave = () => 500;
  await server.down();
  const subscriptionId = await who.manager
    .provisioned(NORTHWIND, BACKUP)
    .then(order => order.lines[0].subscription.id);
  await who.buyer.rename({ subscriptionId, friendlyName: 'Renamed' });
  await who.buyer.requested(subscriptionId);
  await until(async () => (await overviewOf(ADMIN)).webhooks.failing === 1);

  const overview = await overviewOf(MANAGER);
  expect(overview.webhooks).toMatchObject({ failing: 1, disabled: 1 });
  expect(overview.webhooks.deliveries.count).toBeGreaterThan(0);
  expect(overview.webhooks.deliveries.oldestSeconds).toBeGreaterThan(0);
  const pending = (await hooks.deliveries(webhook.id, ['PENDING'])).length;
  expect(overview.webhooks.deliveries.count).toBe(pending);

  const whole = await overviewOf(ADMIN);
  await until(async () => {
    const scrape = await Scrape.of(gateway.app.metricsUrl ?? '');
    return scrape.value('skybasket_webhook_deliveries_pending') === pending;
  });
  const scrape = await Scrape.of(gateway.app.metricsUrl ?? '');
  expect(scrape.by('skybasket_operations', 'state')).toEqual(states(whole));
  expect(scrape.value('skybasket_mails_pending')).toBe(whole.mails.count);
  expect(scrape.value('skybasket_webhook_deliveries_oldest_seconds')).toBeGreaterThan(0);
});

test('counts operations that are retried at an unavailable provider', async () => {
  const { gateway } = world;
  await faults(gateway, fault('status', 'accounts/exists', { status: 503 }));
  await who.reseller.order(STORAGE, ALPINE);
  await until(async () => storage(await overviewOf(ADMIN)).retrying === 1);
  expect(storage(await overviewOf(ADMIN))).toMatchObject({ open: 1, retrying: 1, failed: 1 });
});

test('is for staff', async () => {
  const { gateway } = world;
  for (const email of ['buyer@northwind.example', 'sales@skyline.example']) {
    const { errors } = await gateway.send(await gateway.token(email), DOCUMENT, {});
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  }
});

import { desk, license, newAccount } from '../support/desk';
import { type GatewayProcess, insistOn, startGatewayProcess } from '../support/gateway-process';
import { startOutside } from '../support/outside';
import { type Receiver, startReceiver } from '../support/receiver';
import { startSample } from '../support/sample';
import { newKey } from '../support/shop';
import { newSession } from '../support/sign-in';
import { elapse, until } from '../support/until';

const KILLS = startSample('webhooks').times(12);
const ENV = { WEBHOOK_ALLOW_PRIVATE: '1', WEBHOOK_TIMEOUT_MS: '300' };

let outside: Awaited<ReturnType<typeof startOutside>>;
let receiver: Receiver;
const gateways: GatewayProcess[] = [];
beforeAll(async () => {
  outside = await startOutside();
  await outside.first.stop();
  receiver = await startReceiver();
  gateways.push(...(await Promise.all([start(), start()])));
}, 60_000);
afterAll(async () => {
  for (const gateway of gateways) await gateway.kill();
  await receiver.stop();
  await outside.stop();
});

const start = () => startGatewayProcess({ ...outside.env, ...ENV });

/** Asks whichever gateway answers, until one does. */
async function send(token: string | null, query: string, variables: object): Promise<Record<string, any>> {
  return insistOn(() => {
    const gateway = gateways[Math.floor(Math.random() * gateways.length)];
    return (gateway as GatewayProcess).send(token, query, variables);
  });
}

const CREATE =
  'mutation ($i: CreateWebhookInput!) { createWebhook(input: $i) { webhook { id } errors { message } } }';

test('gateways killed at any moment, and a receiver that fails: every event, in order per subscription', async () => {
  const admin = await newSession({ send }, 'admin@bss.example');
  const reseller = await newAccount(outside.rows, 'Told reseller', null, 'RESELLER');
  const created = await send(admin, CREATE, { i: { url: receiver.url, accountId: reseller.id } });
  expect(created.createWebhook.errors).toEqual([]);
  const { id: webhookId } = created.createWebhook.webhook;
  receiver.behave = () => {
    const chance = Math.random();
    return chance < 0.05 ? 500 : chance < 0.08 ? 'hang' : chance < 0.12 ? 'reset' : undefined;
  };

  const manager = desk((query, variables) => send(outside.token, query, variables));
  for (let nth = 0; nth < KILLS; nth += 1) {
    const customer = await newAccount(outside.rows, `Told ${nth}`, reseller.id);
    const orderId = await manager.place(customer.id, license(`Backups ${nth}`, { 'IC-ADD-1TB': 1 }));
    const key = newKey();
    const executed = manager.execute(orderId, key);
    await elapse(Math.random() * 250, 'the kill meets a random moment');
    const victim = nth % gateways.length;
    await gateways[victim]?.kill();
    gateways[victim] = await start();
    await executed;
  }
  await outside.settled({ withinMs: 200_000 });
  receiver.behave = () => undefined;

  const expected = async () =>
    outside.rows(
      `SELECT seq, type, COALESCE(subscriptionId, orderId) AS subject FROM events
       WHERE (resellerId = ? AND SUBSTRING_INDEX(type, '.', 1) IN ('order', 'subscription', 'operation', 'step'))
         OR (accountId = ? AND type = 'charge.created')
       ORDER BY seq`,
      [reseller.id, reseller.id],
    );
  await until(async () => {
    const [row] = await outside.rows(
      `SELECT (SELECT COUNT(*) FROM events WHERE seq IS NULL) + (SELECT COUNT(*) FROM delivery_queues)
         + (SELECT COUNT(*) FROM webhooks WHERE readFrom IS NOT NULL)
         + (SELECT s.last > p.last FROM sequencer s, webhook_position p) AS open`,
    );
    return Number(row?.open) === 0;
  });
  const events = await expected();
  const order = (items: { subject: string; seq: number }[]) => {
    const subjects: Record<string, number[]> = {};
    for (const { subject, seq } of items) subjects[subject] = [...(subjects[subject] ?? []), seq];
    return subjects;
  };
  const taken = receiver.taken.map(({ json: { data } }) => ({
    subject: data.subscriptionId ?? data.orderId,
    seq: Number.parseInt(data.cursor, 36),
  }));
  expect(order(taken)).toEqual(order(events as { subject: string; seq: number }[]));
  const log = await outside.rows('SELECT DISTINCT state FROM deliveries WHERE webhookId = ?', [webhookId]);
  expect(log).toEqual([{ state: 'DELIVERED' }]);
  process.stdout.write(
    `killed ${KILLS} times: ${events.length} events, ${receiver.requests.length} attempts, ` +
      `${receiver.requests.filter(({ status }) => status === 204).length - taken.length} taken more than once\n`,
  );
}, 240_000);

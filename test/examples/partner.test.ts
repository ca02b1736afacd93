import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../../dev/local/free-port';
import { MANAGER, RESELLER, SKYLINE } from '../support/demo';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process';
import { startOutside } from '../support/outside';
import { doing } from '../support/provider/simulator';
import { newKey } from '../support/shop';
import { newSession } from '../support/sign-in';
import { seqOf } from '../support/streams';
import { until } from '../support/until';
import { newPartner } from './support/partner';

jest.setTimeout(60_000);

let outside: Awaited<ReturnType<typeof startOutside>>;
let gateway: GatewayProcess;
let issuer: ChildProcess;
let env: Record<string, string>;
/** Credentials of the reseller as settings of the example. Without any, it signs in with the password of the demo data. */
let oidc: Record<string, string>;
let signedIn: Record<string, string>;

beforeAll(async () => {
  issuer = spawn(process.execPath, [resolve(__dirname, '../support/oidc-issuer.mjs')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = await once(createInterface({ input: issuer.stdout as NodeJS.ReadableStream }), 'line');
  const at = JSON.parse(String(line));
  outside = await startOutside();
  await outside.first.stop();
  env = {
    ...outside.env,
    PORT: String(await freePort()),
    WEBHOOK_ALLOW_PRIVATE: '1',
    AUTH_JWKS_URL: `${at.issuer}/jwks`,
    AUTH_ISSUER: at.issuer,
    AUTH_AUDIENCE: at.audience,
  };
  oidc = {
    SKYBASKET_ISSUER: at.issuer,
    SKYBASKET_AUDIENCE: at.audience,
    SKYBASKET_CLIENT_ID: 'erp',
    SKYBASKET_CLIENT_SECRET: 'a secret of the tests',
  };
  gateway = await startGatewayProcess(env);
  signedIn = { SKYBASKET_TOKEN: await newSession(gateway, RESELLER) };
});
afterAll(async () => {
  await gateway?.kill();
  await outside?.stop();
  issuer.kill();
});

/** Stops the gateway, and starts it at the same address. */
async function restartGateway(between: () => unknown = () => undefined): Promise<void> {
  await gateway.stop();
  await between();
  gateway = await startGatewayProcess(env);
}

async function written() {
  const [row] = await outside.rows(
    `SELECT (SELECT COUNT(*) FROM accounts) AS accounts, (SELECT COUNT(*) FROM orders) AS orders,
       (SELECT COUNT(*) FROM subscriptions) AS subscriptions`,
  );
  return row as { accounts: number; orders: number; subscriptions: number };
}

/** Events of the partner's customers with these types, after `seq`. */
async function logged(types: string, seq: number) {
  const unnumbered = () => outside.rows('SELECT id FROM events WHERE seq IS NULL');
  await until(async () => (await unnumbered()).length === 0);
  return outside.rows<{ seq: number; type: string }>(
    'SELECT seq, type FROM events WHERE seq > ? AND resellerId = ? AND type REGEXP ? ORDER BY seq',
    [seq, SKYLINE, types],
  );
}

async function lastSeq(): Promise<number> {
  const [row] = await outside.rows<{ last: number }>('SELECT last FROM sequencer');
  return row?.last ?? 0;
}

/** Sessions of the partner that have not ended. */
const sessions = () =>
  outside.rows(
    'SELECT s.id FROM sessions s JOIN users u ON u.id = s.userId WHERE u.email = ? AND s.revokedAt IS NULL',
    [RESELLER],
  );

test('a sales order is ordered once: with a password, again, and with the tokens of an issuer', async () => {
  const erp = newPartner(gateway.url);
  const path = erp.salesOrder('SO-1');
  const before = await written();
  const signedInBefore = await sessions();
  const first = await erp.run(['order', path]);
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toMatch(
    /^created customer C-SO-1: acc_\w+\nprice: 18\.40 EUR\nplaced order SO-1: ORD-/,
  );
  await outside.settled();
  const [row] = await outside.rows(
    `SELECT a.externalReference AS customer, a.resellerId, o.externalReference AS number, o.purchaseOrderNumber, o.state,
       s.externalReference AS line, s.state AS subscription
     FROM orders o JOIN accounts a ON a.id = o.recipientId JOIN subscriptions s ON s.orderId = o.id
     WHERE o.externalReference = 'SO-1'`,
  );
  expect(row).toEqual({
    customer: 'C-SO-1',
    resellerId: SKYLINE,
    number: 'SO-1',
    purchaseOrderNumber: '4500012345',
    state: 'COMPLETED',
    line: 'SO-1/1',
    subscription: 'ACTIVE',
  });
  for (const credential of [{}, oidc]) {
    const again = await erp.run(['order', path], credential);
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.stdout).toMatch(/^found order SO-1: ORD-\S+ ord_\w+\n$/);
  }
  expect(await sessions()).toEqual(signedInBefore);
  expect(await written()).toEqual({
    accounts: before.accounts + 1,
    orders: before.orders + 1,
    subscriptions: before.subscriptions + 1,
  });
});

test('with the tokens of an issuer, a sales order is ordered as with a password', async () => {
  const erp = newPartner(gateway.url, { ...oidc, SKYBASKET_PASSWORD: 'wrong' });
  const before = await written();
  const { code, stdout } = await erp.run(['order', erp.salesOrder('SO-2')]);
  expect([code, stdout]).toEqual([0, expect.stringContaining('placed order SO-2')]);
  expect(await written()).toEqual({
    accounts: before.accounts + 1,
    orders: before.orders + 1,
    subscriptions: before.subscriptions + 1,
  });
  const forged = await erp.run(['reconcile'], { SKYBASKET_TOKEN: 'forged' });
  expect([forged.code, forged.stderr]).toEqual([1, expect.stringMatching(/^UNAUTHENTICATED /)]);
});

test('with an API key that has the scopes ORDER and CUSTOMERS, a sales order is ordered, and with ORDER alone nothing is', async () => {
  const create = async (scopes: string[]): Promise<{ SKYBASKET_TOKEN: string }> => {
    const { createApiKey } = await gateway.send(
      signedIn.SKYBASKET_TOKEN ?? null,
      `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret errors { message } } }`,
      { input: { name: 'ERP', scopes } },
    );
    expect(createApiKey.errors).toEqual([]);
    return { SKYBASKET_TOKEN: createApiKey.secret };
  };
  const erp = newPartner(gateway.url);
  const path = erp.salesOrder('SO-20');
  const before = await written();
  const refused = await erp.run(['order', path], await create(['ORDER']));
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('FORBIDDEN')]);
  expect(await written()).toEqual(before);
  const { code, stdout } = await erp.run(['order', path], await create(['ORDER', 'CUSTOMERS']));
  expect([code, stdout]).toEqual([0, expect.stringContaining('placed order SO-20')]);
  expect(await written()).toEqual({
    accounts: before.accounts + 1,
    orders: before.orders + 1,
    subscriptions: before.subscriptions + 1,
  });
});

test('programs of one user share its basket: each order has its own lines and customer, and none exists twice', async () => {
  const erp = newPartner(gateway.url, signedIn);
  const before = await written();
  const paths = ['SO-3', 'SO-13'].map(number =>
    erp.salesOrder(number, order => Object.assign(order.lines[0], { name: `Archive of ${number}` })),
  );
  const runs = await Promise.all([...paths, ...paths].map(path => erp.run(['order', path])));
  expect(runs.map(({ code, stderr }) => [code, stderr])).toEqual(Array(4).fill([0, '']));
  expect(await written()).toEqual({
    accounts: before.accounts + 2,
    orders: before.orders + 2,
    subscriptions: before.subscriptions + 2,
  });
  const rows = await outside.rows(
    `SELECT o.externalReference AS number, a.externalReference AS customer, s.friendlyName AS line
     FROM orders o JOIN accounts a ON a.id = o.recipientId JOIN subscriptions s ON s.orderId = o.id
     WHERE o.externalReference IN ('SO-3', 'SO-13') ORDER BY o.externalReference`,
  );
  expect(rows).toEqual(
    ['SO-13', 'SO-3'].map(number => ({
      number,
      customer: `C-${number}`,
      line: `Archive of ${number}`,
    })),
  );
});

test.each<[string, string, (order: Record<string, any>) => void, RegExp]>([
  [
    'billing details that are not complete',
    'SO-4',
    order => Object.assign(order.customer.billing, { country: 'XX', postalCode: '' }),
    /^INVALID_INPUT billing\.postalCode: .+\nINVALID_INPUT billing\.country: .+\n$/,
  ],
  [
    'the e-mail address of another account',
    'SO-5',
    order => Object.assign(order.customer, { email: 'it@contoso.example' }),
    /^EMAIL_UNAVAILABLE email: .+\n$/,
  ],
  [
    'too many add-ons',
    'SO-6',
    order => Object.assign(order.lines[0].addons[0], { quantity: 1000 }),
    /^QUANTITY_LIMIT addons\.0\.quantity: .+\n$/,
  ],
  [
    'a price above the agreed one',
    'SO-7',
    order => Object.assign(order.agreed, { amount: '18.39' }),
    /^The price is 18\.40 EUR, and 18\.39 EUR were agreed\.\n$/,
  ],
])('%s: exit code 1, every reason, and no order', async (_, number, change, reasons) => {
  const erp = newPartner(gateway.url, signedIn);
  const before = await written();
  const { code, stderr } = await erp.run(['order', erp.salesOrder(number, change)]);
  expect([code, stderr]).toEqual([1, expect.stringMatching(reasons)]);
  const { orders, subscriptions } = await written();
  expect({ orders, subscriptions }).toEqual({ orders: before.orders, subscriptions: before.subscriptions });
});

const ORDERS = '^order[.]';
const SUBSCRIPTIONS = '^(subscription|cancellation)[.]';

test('killed in the middle of provisioning, and over a restart of the gateway: every message once', async () => {
  const erp = newPartner(gateway.url);
  const start = await lastSeq();
  await outside.provider.setFaults(
    doing('status', { endpoint: 'subscriptions/create', checkOnly: false, times: null }),
  );
  const killed = erp.start('follow');
  await killed.prints(/orders: OrderSnapshot/);
  await killed.prints(/subscriptions: CloudSubscriptionSnapshot/);
  const placed = await erp.run(['order', erp.salesOrder('SO-8')]);
  expect(placed).toMatchObject({ code: 0, stderr: '' });
  await killed.prints(/orders: order\.placed, SO-8 \w+/);
  await killed.prints(/subscriptions: subscription\.created/);
  expect(await killed.stop('SIGKILL')).toBeNull();
  await outside.provider.clear();
  await outside.settled();

  const follower = erp.start('follow');
  await follower.prints(/orders: order\.completed, SO-8 COMPLETED/);
  await follower.prints(/subscriptions: subscription\.activated, SO-8\/1 ACTIVE/);
  await restartGateway();
  expect(await erp.run(['order', erp.salesOrder('SO-9')])).toMatchObject({ code: 0, stderr: '' });
  await follower.prints(/orders: order\.completed, SO-9 COMPLETED/);
  await follower.prints(/subscriptions: subscription\.activated, SO-9\/1 ACTIVE/);
  await outside.settled();
  expect(await follower.stop()).toBe(0);

  for (const [name, types, snapshot] of [
    ['orders', ORDERS, 'OrderSnapshot'],
    ['subscriptions', SUBSCRIPTIONS, 'CloudSubscriptionSnapshot'],
  ] as const) {
    const [first, ...updates] = erp.journal(`${name}.jsonl`);
    expect(first?.type).toBe(snapshot);
    const received = updates.map(({ cursor, type }) => ({ seq: seqOf(cursor), type }));
    expect(received).toEqual(await logged(types, start));
  }
});

test('after a reset, and with a cursor that the gateway does not know, the lists are read', async () => {
  const erp = newPartner(gateway.url);
  const first = erp.start('follow');
  await first.prints(/orders: OrderSnapshot/);
  await first.prints(/subscriptions: CloudSubscriptionSnapshot/);
  expect(await first.stop()).toBe(0);
  const other = newPartner(gateway.url, signedIn);
  await other.run(['order', other.salesOrder('SO-10')]);
  await outside.settled();
  await logged(ORDERS, 0);
  await restartGateway(() => outside.rows('DELETE FROM events WHERE seq < (SELECT last FROM sequencer)'));

  const second = erp.start('follow');
  await second.prints(/orders: StreamReset/);
  await second.prints(/orders: OrderSnapshot/);
  await second.prints(/subscriptions: CloudSubscriptionSnapshot/);
  expect(await second.stop()).toBe(0);
  const types = erp.journal('orders.jsonl').map(({ type }) => type);
  expect(types).toEqual(['OrderSnapshot', 'StreamReset', 'OrderSnapshot']);
  for (const name of ['orders', 'subscriptions']) {
    appendFileSync(
      erp.path(`${name}.jsonl`),
      '{"cursor":"zz_mwy7hhnt-38ecba68","type":"order.placed","copies":[]}\n',
    );
    // The beginning of a line, as a crash leaves it.
    appendFileSync(erp.path(`${name}.jsonl`), '{"curs');
  }
  const third = erp.start('follow');
  await third.prints(/orders: the cursor is unknown\n/);
  await third.prints(/subscriptions: the cursor is unknown\n/);
  await third.prints(/orders: OrderSnapshot/);
  await third.prints(/subscriptions: CloudSubscriptionSnapshot/);
  expect(await third.stop()).toBe(0);
  const reconciled = await erp.run(['reconcile']);
  expect([reconciled.code, reconciled.stdout]).toEqual([0, '0 repaired, 0 open\n']);
});

test('webhooks arrive verified and once; a lost message is the only difference, and is repaired', async () => {
  const port = String(await freePort());
  const erp = newPartner(gateway.url, { ...signedIn, RECEIVER_PORT: port });
  const start = await lastSeq();
  expect((await erp.run(['webhook'])).code).toBe(0);
  const lost = readFileSync(erp.path('webhook.json'), 'utf8');
  rmSync(erp.path('webhook.json'));
  for (const _ of ['found, with a new secret', 'kept']) expect((await erp.run(['webhook'])).code).toBe(0);
  expect(readFileSync(erp.path('webhook.json'), 'utf8')).not.toBe(lost);
  const [webhook, ...others] = await outside.rows('SELECT id FROM webhooks');
  expect(others).toEqual([]);
  expect(statSync(erp.path('webhook.json')).mode & 0o777).toBe(0o600);

  const killed = erp.start('receive');
  await killed.prints(/receives at/);
  await erp.run(['order', erp.salesOrder('SO-11')]);
  await killed.prints(/order\.completed, SO-11 COMPLETED/);
  await killed.prints(/subscription\.activated, SO-11\/1 ACTIVE/);
  await outside.settled();
  const url = `http://127.0.0.1:${port}/skybasket`;
  const forged = await fetch(url, { method: 'POST', body: '{}', headers: { 'webhook-id': 'x' } });
  expect(forged.status).toBe(401);
  const reseller = signedIn.SKYBASKET_TOKEN ?? '';
  const [delivery] = await outside.rows('SELECT id FROM deliveries ORDER BY id LIMIT 1');
  await gateway.send(
    reseller,
    'mutation ($id: ID!) { redeliver(input: { deliveryId: $id }) { errors { message } } }',
    { id: delivery?.id },
  );
  await killed.prints(/received: \S+ again/);

  // The orders of the other tests are not in these books, and this sales order is not at the gateway.
  erp.salesOrder('SO-12');
  const strangers = await written();
  const first = await erp.run(['reconcile']);
  expect(first.code).toBe(1);
  expect(first.stdout.match(/^missing here: /gm)).toHaveLength(
    strangers.orders + strangers.subscriptions - 2,
  );
  expect(first.stdout).toMatch(/^missing there: sales order SO-12 is not ordered$/m);
  expect(await killed.stop('SIGKILL')).toBeNull();
  expect(await erp.run(['order', erp.path('../erp/SO-12.json')])).toMatchObject({ code: 0 });
  await outside.settled();
  await erp.run(['reconcile']);

  const [subscription] = await outside.rows(
    `SELECT id, version FROM subscriptions WHERE externalReference = 'SO-11/1'`,
  );
  const { requestCancellation } = await gateway.send(
    reseller,
    `mutation ($input: RequestCancellationInput!) {
       requestCancellation(input: $input) { cancellationRequest { id } errors { message } } }`,
    { input: { subscriptionId: subscription?.id, timing: 'END_OF_PERIOD', idempotencyKey: newKey() } },
  );
  await gateway.send(
    await newSession(gateway, MANAGER),
    `mutation ($input: DecideCancellationInput!) { decideCancellation(input: $input) { errors { message } } }`,
    {
      input: {
        requestId: requestCancellation.cancellationRequest.id,
        decision: 'ACCEPT',
        idempotencyKey: newKey(),
      },
    },
  );
  const second = await erp.run(['reconcile']);
  const [id, version] = [subscription?.id, subscription?.version];
  expect([second.code, second.stdout.split('\n').slice(0, 2)]).toEqual([
    0,
    [
      `differs: SO-11/1 (${id}) is ACTIVE (version ${version}) here, PENDING_CANCELLATION (version ${version + 1}) there`,
      '1 repaired, 0 open',
    ],
  ]);
  expect((await erp.run(['reconcile'])).stdout).toBe('0 repaired, 0 open\n');

  const receiver = erp.start('receive');
  await receiver.prints(/subscription\.ending, SO-11\/1 PENDING_CANCELLATION/);
  await receiver.prints(/order\.completed, SO-12 COMPLETED/);
  const open = () =>
    outside.rows(`SELECT id, state FROM deliveries WHERE webhookId = ? AND state <> 'DELIVERED'`, [
      webhook?.id,
    ]);
  await until(async () => (await open()).length === 0, { what: 'every delivery', open });
  expect(await receiver.stop()).toBe(0);
  const inbox = erp.journal('inbox.jsonl');
  const received = inbox.flatMap(line => (line.received ? [seqOf(line.message.data.cursor)] : []));
  const events = await logged('^(order|subscription)[.]', start);
  expect(received.sort((a, b) => a - b)).toEqual(events.map(({ seq }) => seq));
  expect(inbox.filter(({ processed }) => processed)).toHaveLength(events.length);
  expect(readdirSync(erp.path()).sort()).toEqual([
    'books',
    'inbox.jsonl',
    'reconciled.jsonl',
    'webhook.json',
  ]);
});

import { desk, license, newAccount } from '../support/desk';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process';
import { startOutside } from '../support/outside';
import { doing } from '../support/provider/simulator';

const ORDERS = 200;
const RESELLERS = 5;

/**
 * Longer than any pause of a loaded machine, so that no gateway cuts a call off. One that is cut off can run at the provider beside
 * its repetition, which is no fault of the gateway: this test shows that calls which nobody cuts off never overlap.
 */
const PATIENCE = { PROVIDER_TIMEOUT_MS: '30000', LEASE_MS: '60000' };
const CUT_OFF = /within the deadline|given up/;

let outside: Awaited<ReturnType<typeof startOutside>>;
let gateways: GatewayProcess[];
beforeAll(async () => {
  outside = await startOutside(undefined, PATIENCE);
  gateways = [outside.first, await startGatewayProcess(outside.env)];
}, 60_000);
afterAll(async () => {
  for (const gateway of gateways) await gateway.kill();
  await outside.stop();
});

/** Faults that end a call for certain when its answer is known: one that hangs would overlap with its repetition. */
const FAULTS = [
  doing('status', { status: 503 }),
  doing('status', { status: 429 }),
  doing('resetBefore'),
  doing('resetAfter'),
  doing('malformed'),
  doing('answerTwice'),
  doing('answer', { delayMs: 50 }),
];
const ENDPOINTS = ['accounts/exists', 'accounts/synchronize', 'subscriptions/create', 'addons/create'];

const any = <T>(items: readonly T[]) => items[Math.floor(Math.random() * items.length)] as T;

/** Up to three faults, each at any endpoint. */
const someFaults = (recipient: string) =>
  Array.from({ length: Math.floor(Math.random() * 4) }, () => ({
    ...any(FAULTS),
    endpoint: any(ENDPOINTS),
    recipient,
    checkOnly: false,
  }));

async function inLines<T>(count: number, items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const line = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: count }, line));
}

test(`two processes provision ${ORDERS} orders through random faults, none of them twice at once`, async () => {
  const desks = gateways.map(gateway =>
    desk((query, variables) => gateway.send(outside.token, query, variables)),
  );
  const resellers = await Promise.all(
    Array.from({ length: RESELLERS }, (_, nth) =>
      newAccount(outside.rows, `Busy reseller ${nth}`, null, 'RESELLER'),
    ),
  );
  const orders: { id: string; email: string }[] = [];
  await inLines(
    8,
    Array.from({ length: ORDERS }, (_, nth) => nth),
    async nth => {
      const reseller = resellers[nth % RESELLERS];
      const customer = await newAccount(outside.rows, `Busy ${nth}`, reseller?.id);
      const id = await any(desks).place(customer.id, license('Backups', { 'IC-ADD-1TB': 2 }));
      orders.push({ id, email: customer.email });
    },
  );
  for (const { email } of orders) {
    const faults = someFaults(email);
    if (faults.length > 0) await outside.provider.setFaults(faults);
  }
  const began = performance.now();
  await inLines(8, orders, async ({ id }) => void (await any(desks).execute(id)));
  await outside.settled({ withinMs: 100_000 });
  const seconds = (performance.now() - began) / 1000;

  expect(await outside.rows('SELECT state, COUNT(*) AS n FROM orders GROUP BY state')).toEqual([
    { state: 'COMPLETED', n: ORDERS },
  ]);
  const faults = gateways.flatMap(({ log }) => log).filter(({ step }) => step !== undefined);
  expect(faults.filter(({ msg }) => CUT_OFF.test(msg))).toEqual([]);
  const { effects, overlapping } = await outside.provider.ledger();
  expect(Object.keys(overlapping)).toEqual([]);
  const counted: Record<string, number> = {};
  for (const { effect, count } of effects) {
    const key = `${effect} x${count}`;
    counted[key] = (counted[key] ?? 0) + 1;
  }
  expect(counted).toEqual({
    'account.created x1': ORDERS + RESELLERS,
    'subscription.created x1': ORDERS,
    'addon.set x1': ORDERS,
  });
  const [row] = await outside.rows('SELECT SUM(attempts) AS attempts FROM steps');
  const shares = gateways.map(({ log }) => new Set(log.flatMap(line => line.operation ?? [])).size);
  process.stdout.write(
    `${ORDERS} orders, ${row?.attempts} attempts, in ${seconds.toFixed(1)} s: ${(ORDERS / seconds).toFixed(0)} a second; ` +
      `operations that each process had in hand: ${shares.join(' and ')}\n`,
  );
}, 120_000);

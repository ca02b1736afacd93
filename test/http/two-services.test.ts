import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accountId } from '../../dev/demo-data';
import { type BackOffice, startBackOffice } from '../support/back-office';
import { addon, product } from '../support/catalog';
import { ALPINE } from '../support/demo';
import { codes } from '../support/errors';
import type { TestGateway } from '../support/gateway';
import { effects, ledger } from '../support/provider/of-gateway';
import { counts, writingNothing } from '../support/tables';

const BIRCH = accountId('Birch Legal');

let office: BackOffice;
let gateway: TestGateway;
let who: BackOffice['who'];
beforeAll(async () => {
  office = await startBackOffice();
  ({ gateway, who } = office);
});
afterAll(() => office.stop());
beforeEach(() => office.reset());

/** Two services with opposite rules, and what each rule leads to. */
const services = [
  {
    code: 'impossible-cloud-storage',
    base: 'IC-BASE-5TB',
    more: 'IC-ADD-1TB',
    quantity: 1,
    several: ['QUANTITY_LIMIT'],
    second: ['ACTIVE_SUBSCRIPTION_EXISTS'],
    inOneOrder: ['DUPLICATE_SERVICE_IN_BASKET'],
    needsDecision: true,
    accounts: ['account.created Reseller ×1', 'account.created User under prt ×1'],
    capacity: '7000000000000',
    recurring: '42.00',
  },
  {
    code: 'cloud-backup',
    base: 'CB-SERVER',
    more: 'CB-ARCHIVE-100GB',
    quantity: 3,
    several: [],
    second: [],
    inOneOrder: [],
    needsDecision: false,
    // Its provider keeps none, and takes its time for everything else.
    accounts: [],
    capacity: '3200000000000',
    recurring: '48.48',
  },
];

test.each(services)(
  '$code is ordered, extended and cancelled by the same flow, with its own rules',
  async rules => {
    const { base, more, quantity } = rules;
    const line = { productId: product(base), quantity, billingCycle: 'MONTHLY' };
    const addons = [{ addonId: addon(more), quantity: 1 }];

    // Several licenses on a line, and two subscriptions in one order: only where the service allows it.
    const place = (recipientId: string, ...lines: object[]) => who.manager.place({ recipientId, lines });
    expect(codes(await place(BIRCH, { ...line, quantity: 2 }))).toEqual(rules.several);
    expect(codes(await place(BIRCH, line, line))).toEqual(rules.inOneOrder);
    await office.reset();

    // The storefront's order is executed by its checkout.
    const { order, errors } = await who.reseller.order({ ...line, addons }, ALPINE);
    expect(errors).toEqual([]);
    await gateway.settled();
    const done = await who.reseller.seeOrder(order.id);
    expect(done.state).toBe('COMPLETED');
    const id = done.lines[0].subscription.id;

    // Add-ons later, by an order of the back office.
    const later = await who.manager.provisioned(ALPINE, { subscriptionId: id, addons });
    expect(later.state).toBe('COMPLETED');
    expect(await who.reseller.seeSubscription(id)).toMatchObject({
      state: 'ACTIVE',
      capacityBytes: rules.capacity,
      recurringTotal: { amount: rules.recurring },
      addons: [{ addon: { sku: more }, quantity: 2 }],
    });
    expect(await effects(gateway)).toEqual([
      ...rules.accounts,
      `subscription.created ${base}=${quantity} ×1`,
      `addon.set ${more}=1 ×1`,
      `addon.set ${more}=2 ×1`,
    ]);

    // A second subscription for the same customer.
    expect(codes(await place(ALPINE, line))).toEqual(rules.second);

    // The end: with a decision or without one, at the provider first.
    const request = await who.reseller.requested(id);
    if (rules.needsDecision) {
      expect(request.state).toBe('PENDING');
      expect(codes(await who.manager.decide({ requestId: request.id, decision: 'ACCEPT' }))).toEqual([]);
    } else {
      const refused = await writingNothing(gateway, () =>
        who.manager.decide({ requestId: request.id, decision: 'ACCEPT' }),
      );
      expect(codes(refused)).toEqual(['INVALID_STATE']);
    }
    await gateway.settled();
    expect((await who.reseller.seeSubscription(id)).state).toBe('CANCELLED');
    expect((await who.reseller.seeRequest(request.id)).state).toBe('COMPLETED');
    expect((await effects(gateway)).at(-1)).toBe(`subscription.cancelled ${base} ×1`);
    expect((await ledger(gateway)).overlaps).toBe(0);

    // And it may be ordered again.
    expect(codes(await who.reseller.order(line, ALPINE))).toEqual([]);
    await gateway.settled();
    expect(await counts(gateway, 'subscriptions')).toEqual({ subscriptions: 2 });
  },
);

test('no code of the order flow names a service', () => {
  const folders = ['services', 'policies', 'provisioning', 'resolvers', 'store', 'catalog', 'transport'];
  const files = folders.flatMap(folder =>
    readdirSync(join(__dirname, '../../src', folder), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts'))
      .map(name => join(__dirname, '../../src', folder, name)),
  );
  const named = files.filter(file =>
    /impossible-cloud-storage|cloud-backup|IC-BASE|IC-ADD|CB-/.test(readFileSync(file, 'utf8')),
  );
  expect(named).toEqual([]);
});

import { addonsOf, failedAddons } from '../support/abandoned';
import { type BackOffice, startBackOffice, tally } from '../support/back-office';
import { product } from '../support/catalog';
import { ALPINE, NORTHWIND, STORAGE } from '../support/demo';
import { codes } from '../support/errors';
import type { TestGateway } from '../support/gateway';
import { effects, fault, faults, refuse } from '../support/provider/of-gateway';

jest.setTimeout(120_000);

/** Each race is run so often. */
const rounds = [1, 2, 3, 4, 5];

let office: BackOffice;
let gateway: TestGateway;
let who: BackOffice['who'];
beforeAll(async () => {
  office = await startBackOffice();
  ({ gateway, who } = office);
});
afterAll(() => office.stop());
beforeEach(() => office.reset());

type Settle = 'abandon' | 'retry';

/** Calls of two kinds in turn, all at once. Resolves to the codes of their answers. */
async function atOnce(times: number, operationId: string): Promise<Record<string, number>> {
  const calls = Array.from({ length: times }, async (_, nth) => {
    const how: Settle = nth % 2 === 0 ? 'abandon' : 'retry';
    const answer = await who[nth % 3 === 0 ? 'admin' : 'manager'][how]({ operationId });
    return `${how} ${codes(answer).join(' ') || 'done'}`;
  });
  return tally(await Promise.all(calls));
}

test.each(rounds)(
  'of twenty calls to abandon or to retry one operation one wins, and the provider agrees (round %i)',
  async () => {
    const id = await who.manager.liveSubscription(NORTHWIND);
    const lost = fault('resetAfter', 'addons/create', { times: 8 });
    const { orderId, operationId } = await failedAddons(office, NORTHWIND, id, { 'IC-ADD-1TB': 3 }, lost);
    const said = await atOnce(20, operationId);
    await gateway.settled();
    const isRetried = said['retry done'] === 1;
    expect(said).toEqual(
      isRetried
        ? { 'retry done': 1, 'retry INVALID_STATE': 9, 'abandon OPERATION_NOT_FAILED': 10 }
        : { 'abandon done': 1, 'abandon OPERATION_NOT_FAILED': 9, 'retry INVALID_STATE': 10 },
    );
    const order = await who.manager.seeOrder(orderId);
    const subscription = await who.manager.seeSubscription(id);
    expect([order.state, subscription.syncState]).toEqual([isRetried ? 'COMPLETED' : 'CANCELLED', 'SYNCED']);
    expect(subscription.addons.map(({ quantity }: { quantity: number }) => quantity)).toEqual(
      isRetried ? [3] : [],
    );
    expect(await effects(gateway)).toEqual([
      'addon.set IC-ADD-1TB=3 ×1',
      ...(isRetried ? [] : ['addon.cancelled IC-ADD-1TB=0 ×1']),
    ]);
    expect(order.operations.map((it: any) => [it.kind, it.state])).toEqual(
      isRetried
        ? [['ADD_ADDONS', 'SUCCEEDED']]
        : [
            ['ADD_ADDONS', 'ABANDONED'],
            ['UNDO', 'SUCCEEDED'],
          ],
    );
  },
);

test.each(rounds)(
  'two lines abandoned at once, ten times each, settle their order once (round %i)',
  async () => {
    await faults(gateway, refuse('addons/create'), refuse('broker/provision'));
    await who.reseller.add({ productId: product('CB-SERVER') });
    const line = { ...STORAGE, addons: addonsOf({ 'IC-ADD-1TB': 1 }) };
    const { order } = await who.reseller.order(line, ALPINE);
    await gateway.settled();
    const { operations } = await who.manager.seeOrder(order.id);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, nth) => who.manager.abandon({ operationId: operations[nth % 2].id })),
    );
    expect(tally(answers.map(answer => codes(answer).join(' ') || 'done'))).toEqual({
      done: 2,
      OPERATION_NOT_FAILED: 18,
    });
    await gateway.settled();
    expect((await who.manager.seeOrder(order.id)).state).toBe('CANCELLED');
    const settled = await gateway.rows(
      `SELECT type FROM events WHERE orderId = ? AND type LIKE 'order.%' ORDER BY id`,
      [order.id],
    );
    expect(settled.map(({ type }) => type)).toEqual([
      'order.placed',
      'order.executing',
      'order.failed',
      'order.cancelled',
    ]);
    const undone = await gateway.rows(`SELECT state FROM operations WHERE kind = 'UNDO'`);
    expect(undone).toEqual([{ state: 'SUCCEEDED' }, { state: 'SUCCEEDED' }]);
    const live = await gateway.rows(`SELECT id FROM subscriptions WHERE state <> 'CANCELLED'`);
    expect(live).toEqual([]);
  },
);

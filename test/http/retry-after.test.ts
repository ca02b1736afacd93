import { accountId } from '../../dev/demo-data';
import { type BackOffice, startBackOffice } from '../support/back-office';
import { product } from '../support/catalog';
import { clearLedger, effects, fault, faults } from '../support/provider/of-gateway';
import { endOf, PAUSES } from '../support/retry-after';

let office: BackOffice;
beforeAll(async () => {
  office = await startBackOffice();
});
afterAll(() => office.stop());
beforeEach(() => office.reset());

test.each(PAUSES)(
  'a provider that answers %i with Retry-After in %s is not called until then',
  async (status, _, form) => {
    const { gateway, proxy, who } = office;
    const retryAfter = form();
    await clearLedger(gateway);
    await faults(gateway, fault('status', 'subscriptions/create', { checkOnly: false, status, retryAfter }));
    proxy.calls.splice(0);
    const line = { productId: product('IC-BASE-1TB') };
    const { order, errors } = await who.reseller.order(line, accountId('Alpine Dental'));
    expect(errors).toEqual([]);
    await gateway.settled();
    expect((await who.manager.seeOrder(order.id)).state).toBe('COMPLETED');
    expect(await effects(gateway)).toContainEqual(expect.stringMatching(/^subscription.* ×1$/));
    const first = proxy.calls.findIndex(
      ({ endpoint, body }) => endpoint === 'subscriptions/create' && !body.CheckOnly,
    );
    const [refused, ...later] = proxy.calls.slice(first);
    expect(later.length).toBeGreaterThan(0);
    expect(later[0]?.endpoint).toBe('subscriptions/create');
    const end = endOf(retryAfter, refused?.at ?? 0);
    for (const { at } of later) expect(at).toBeGreaterThanOrEqual(end);
  },
);

import { accountId } from '../../dev/demo-data';
import { type BackOffice, startBackOffice } from '../support/back-office';
import { addon } from '../support/catalog';
import { ALPINE, MANAGER, NORTHWIND, STORAGE } from '../support/demo';

let office: BackOffice;
beforeAll(async () => {
  office = await startBackOffice();
});
afterAll(() => office.stop());

const PRICES = 'billingCycle unitPrice { amount currency }';

/** Monthly prices of one license and of one add-on, as `email` sees them for an order of `recipientId`. */
async function monthly(email: string, recipientId: string) {
  const { gateway } = office;
  const query = `query ($id: ID!) { product(sku: "IC-BASE-1TB") { payerPrices(recipientId: $id) { ${PRICES} }
    addons { sku payerPrices(recipientId: $id) { ${PRICES} } } } }`;
  const { data } = await gateway.send(await gateway.token(email), query, { id: recipientId });
  const { payerPrices, addons } = data.product;
  const more = addons.find(({ sku }: { sku: string }) => sku === 'IC-ADD-1TB').payerPrices;
  return [payerPrices, more].map(
    prices => prices.find(({ billingCycle }: any) => billingCycle === 'MONTHLY')?.unitPrice.amount ?? null,
  );
}

test('the prices for a recipient are those of the order that staff places for it', async () => {
  for (const [recipient, license, more, total] of [
    [NORTHWIND, '8.00', '7.50', '23.00'],
    [ALPINE, '6.40', '6.00', '18.40'],
  ] as const) {
    expect(await monthly(MANAGER, recipient)).toEqual([license, more]);
    const line = { ...STORAGE, addons: [{ addonId: addon('IC-ADD-1TB'), quantity: 2 }] };
    expect((await office.who.manager.placed(recipient, line)).total.amount).toBe(total);
  }
});

test('an account in the care of somebody else, and one that does not exist, have no prices', async () => {
  expect(await monthly(MANAGER, accountId('Dune Media'))).toEqual([null, null]);
  expect(await monthly(MANAGER, 'acc_01kdvdna00fh0bvy6p1gchm6et')).toEqual([null, null]);
});

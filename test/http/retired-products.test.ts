import { accountId } from '../../dev/demo-data';
import { BillingCycle } from '../../src/entities';
import { addon, catalogWorld, product } from '../support/catalog';
import { ADMIN, RESELLER } from '../support/demo';
import { newKey, shopper } from '../support/shop';

const world = catalogWorld();

const CUSTOMER = 'buyer@northwind.example';

describe('a retired product', () => {
  const everywhere = async (email?: string) => {
    const id = product('IC-BASE-1TB');
    return world.read.ask(
      `query ($id: ID!) { products(filter: { search: "base-1tb" }) { nodes { sku } } category(slug: "impossible-cloud") { products { totalCount } }
        product(id: $id) { sku } bySku: product(sku: "IC-BASE-1TB") { sku } node(id: $id) { id } }`,
      { id },
      email,
    );
  };

  test('is not in the catalog of any caller; its id leads administrators to it', async () => {
    expect(await everywhere()).toEqual({
      products: { nodes: [{ sku: 'IC-BASE-1TB' }] },
      category: { products: { totalCount: 3 } },
      product: { sku: 'IC-BASE-1TB' },
      bySku: { sku: 'IC-BASE-1TB' },
      node: { id: product('IC-BASE-1TB') },
    });
    await world.catalog.unpublish('products', product('IC-BASE-1TB'));
    for (const email of [undefined, CUSTOMER, RESELLER, ADMIN]) {
      expect(await everywhere(email)).toEqual({
        products: { nodes: [] },
        category: { products: { totalCount: 2 } },
        product: null,
        bySku: null,
        // Administrators have it in `catalogProducts`, so its id leads them to it.
        node: email === ADMIN ? { id: product('IC-BASE-1TB') } : null,
      });
    }
  });

  test('is shown with its add-on and price in earlier orders', async () => {
    const reseller = shopper(world.gateway, RESELLER);
    const line = {
      productId: product('IC-BASE-1TB'),
      addons: [{ addonId: addon('IC-ADD-1TB'), quantity: 3 }],
    };
    const { order, errors } = await reseller.order(line, accountId('Alpine Dental'));
    expect(errors).toEqual([]);
    await world.gateway.settled();
    await world.catalog.unpublish('products', product('IC-BASE-1TB'));
    await world.catalog.unpublish('addons', addon('IC-ADD-1TB'));
    await world.catalog.reprice('reseller', product('IC-BASE-1TB'), BillingCycle.MONTHLY, 99_900);
    const { data } = await reseller.send(
      `query ($id: ID!) { order(id: $id) { total { amount } lines { product { sku name } unitPrice { amount } total { amount }
        addons { addon { sku name } quantity unitPrice { amount } total { amount } }
        subscription { product { sku } addons { addon { sku } quantity } recurringTotal { amount } capacityBytes } } } }`,
      { id: order.id },
    );
    expect(data.order).toEqual({
      total: { amount: '24.40' },
      lines: [
        {
          product: { sku: 'IC-BASE-1TB', name: 'Impossible Cloud 1 TB' },
          unitPrice: { amount: '6.40' },
          total: { amount: '24.40' },
          addons: [
            {
              addon: { sku: 'IC-ADD-1TB', name: 'Impossible Cloud +1 TB' },
              quantity: 3,
              unitPrice: { amount: '6.00' },
              total: { amount: '18.00' },
            },
          ],
          subscription: {
            product: { sku: 'IC-BASE-1TB' },
            addons: [{ addon: { sku: 'IC-ADD-1TB' }, quantity: 3 }],
            recurringTotal: { amount: '24.40' },
            capacityBytes: '4000000000000',
          },
        },
      ],
    });
  });

  test('cannot be added to a basket, and blocks a basket that contains it', async () => {
    const reseller = shopper(world.gateway, RESELLER);
    await reseller.add({ productId: product('IC-BASE-5TB'), addons: [{ addonId: addon('IC-ADD-1TB') }] });
    await reseller.choose({ accountId: accountId('Alpine Dental') });
    const { basket } = await reseller.confirm();
    expect([basket.step, basket.problems]).toEqual(['COMPLETE', []]);
    await world.catalog.unpublish('addons', addon('IC-ADD-1TB'));
    await world.catalog.unpublish('products', product('IC-BASE-5TB'));
    const now = await reseller.basket();
    expect([now.step, now.problems.map((it: any) => [it.code, it.path])]).toEqual([
      'BASKET',
      [
        ['PRODUCT_UNAVAILABLE', ['lines', '0', 'productId']],
        ['ADDON_UNAVAILABLE', ['lines', '0', 'addons', '0', 'addonId']],
      ],
    ]);
    const refused = await reseller.checkout({ basketId: basket.id, idempotencyKey: newKey() });
    expect(refused).toMatchObject({ order: null, errors: now.problems });
    await reseller.empty();
    expect(await reseller.add({ productId: product('IC-BASE-5TB') })).toMatchObject({
      basket: null,
      errors: [{ code: 'NOT_FOUND', path: ['productId'] }],
    });
  });
});

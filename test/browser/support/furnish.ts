import { accountId } from '../../../dev/demo-data';
import { demoId } from '../../../dev/demo-data/ids';
import type { TestGateway } from '../../support/gateway';
import { fault, faults, refuse } from '../../support/provider/of-gateway';
import { newKey, shopper } from '../../support/shop';

const product = (sku: string) => demoId('prod', sku);
const storage = (sku: string, friendlyName: string, units = 0) => ({
  productId: product(sku),
  friendlyName,
  ...(units > 0 && { addons: [{ addonId: demoId('add', 'IC-ADD-1TB'), quantity: units }] }),
});

/** Fills a gateway with something of everything, so that no room is empty. */
export async function furnish(gateway: TestGateway): Promise<void> {
  const reseller = shopper(gateway, 'sales@skyline.example');
  const manager = shopper(gateway, 'manager@bss.example');

  await reseller.order(storage('IC-BASE-5TB', 'Patient records', 2), accountId('Alpine Dental'));
  await reseller.order(
    { productId: product('CB-SERVER'), friendlyName: 'File server' },
    accountId('Birch Legal'),
  );
  await shopper(gateway, 'buyer@contoso.example').order(storage('IC-BASE-10TB', 'Contoso media'));
  await gateway.settled();
  await faults(
    gateway,
    refuse('subscriptions/create', { recipient: 'Cedar Foods', message: 'No capacity left in eu-central-2' }),
  );
  await reseller.order(storage('IC-BASE-1TB', 'Recipes'), accountId('Cedar Foods'));
  await gateway.settled();
  await faults(
    gateway,
    fault('status', 'subscriptions/create', { recipient: 'Birch Legal', checkOnly: false, times: 2 }),
  );
  await reseller.order(storage('IC-BASE-1TB', 'Contracts', 4), accountId('Birch Legal'));
  await gateway.settled();

  const { data } = await reseller.send('{ subscriptions(filter: { search: "Patient" }) { nodes { id } } }');
  const [{ id }] = data.subscriptions.nodes;
  const request = {
    subscriptionId: id,
    reason: 'The practice moves to another provider.',
    idempotencyKey: newKey(),
  };
  await reseller.call(
    'requestCancellation',
    'RequestCancellationInput',
    request,
    'cancellationRequest { id }',
  );
  for (const [recipient, name] of [
    ['Northwind Traders', 'Northwind archive'],
    ['Skyline Labs', 'Lab data'],
  ] as const) {
    const order = {
      recipientId: accountId(recipient),
      lines: [storage('IC-BASE-5TB', name)],
      idempotencyKey: newKey(),
    };
    await manager.call('placeOrder', 'PlaceOrderInput', order, 'order { id }');
  }
  await reseller.add(storage('IC-BASE-1TB', 'Lab archive', 1));
}

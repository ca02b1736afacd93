import { accountId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { ORDER, shopper } from '../support/shop';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());
beforeEach(() => gateway.reset());

test("a reseller's order for an end customer is provisioned at the provider", async () => {
  const reseller = shopper(gateway, 'sales@skyline.example');
  const line = {
    productId: demoId('prod', 'IC-BASE-1TB'),
    friendlyName: 'Backups',
    addons: [{ addonId: demoId('add', 'IC-ADD-1TB'), quantity: 2 }],
  };
  const { order, errors } = await reseller.order(line, accountId('Alpine Dental'));
  expect(errors).toEqual([]);
  expect(order.state).toBe('EXECUTING');
  await gateway.settled();
  const { data } = await reseller.send(`query ($id: ID!) { order(id: $id) { ${ORDER} } }`, { id: order.id });
  expect(data.order.state).toBe('COMPLETED');
  expect(data.order.total).toEqual({ amount: '18.40', currency: 'EUR' });
  expect(data.order.operations[0].steps.map((step: any) => [step.name, step.state, step.attempts])).toEqual([
    ['CREATE_SUBSCRIPTION', 'SUCCEEDED', 0],
    ['SYNCHRONIZE_RESELLER', 'SUCCEEDED', 1],
    ['IMPORT_CUSTOMER', 'SUCCEEDED', 1],
    ['ASSIGN_LICENSE', 'SUCCEEDED', 1],
    ['ASSIGN_ADDONS', 'SUCCEEDED', 1],
    ['ACTIVATE_SERVICE', 'SUCCEEDED', 0],
  ]);
});

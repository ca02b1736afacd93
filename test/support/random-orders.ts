import { accountId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import type { TestGateway } from './gateway';
import { newKey } from './shop';

const one = <T>(of: readonly T[]): T => of[Math.floor(Math.random() * of.length)] as T;

const QUIET = ['Server', 'Laptop', 'Mail', 'Files', 'Web', 'Archive', 'Office', 'Shop', 'Lab'];

/** A line of something, with or without trouble at the provider on its way. */
function randomLine() {
  const archive = { addonId: demoId('add', 'CB-ARCHIVE-100GB'), quantity: one([1, 2, 5]) };
  return {
    productId: demoId('prod', one(['CB-SERVER', 'CB-WORKSTATION'])),
    quantity: one([1, 1, 3]),
    billingCycle: one(['MONTHLY', 'ANNUALLY']),
    friendlyName: one([...QUIET, 'Office [fail]', 'Office [drop]', 'Office [refuse]']),
    addons: one([[], [archive]]),
  };
}

/** An account manager orders `count` random things for a random account, and executes the order. */
export async function orderAtRandom(gateway: TestGateway, count: number): Promise<void> {
  const token = await gateway.token('manager@bss.example');
  const lines = Array.from({ length: count }, randomLine);
  const recipientId = accountId(one(['Northwind Traders', 'Contoso', 'Alpine Dental', 'Birch Legal']));
  const placed = await gateway.send(
    token,
    'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } errors { message } } }',
    { input: { recipientId, lines, idempotencyKey: newKey() } },
  );
  expect(placed.data.placeOrder.errors).toEqual([]);
  const executed = await gateway.send(
    token,
    'mutation ($input: ExecuteOrderInput!) { executeOrder(input: $input) { errors { message } } }',
    { input: { orderId: placed.data.placeOrder.order.id, idempotencyKey: newKey() } },
  );
  expect(executed.data.executeOrder.errors).toEqual([]);
}

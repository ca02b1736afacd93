import type { BackOffice } from './back-office';
import { addon } from './catalog';
import { clearLedger, faults } from './provider/of-gateway';

/** Add-ons by SKU as a line has them. */
export const addonsOf = (addons: Record<string, number>) =>
  Object.entries(addons).map(([sku, quantity]) => ({ addonId: addon(sku), quantity }));

/** Orders add-ons for a subscription while the provider does `set`. Resolves to the failed order and its operation. */
export async function failedAddons(
  { gateway, who }: BackOffice,
  accountId: string,
  subscriptionId: string,
  addons: Record<string, number>,
  ...set: object[]
) {
  await clearLedger(gateway);
  await faults(gateway, ...set);
  const order = await who.manager.provisioned(accountId, { subscriptionId, addons: addonsOf(addons) });
  expect(order.state).toBe('FAILED');
  return { orderId: order.id as string, operationId: order.operations[0].id as string };
}

/** Abandons an operation and has to be let. Resolves to the payload. */
export async function abandoned({ who }: BackOffice, operationId: string) {
  const payload = await who.manager.abandon({ operationId });
  expect(payload.errors).toEqual([]);
  expect(payload.operation).toMatchObject({ id: operationId, state: 'ABANDONED' });
  return payload;
}

/** Shows that an abandoned operation stays so. */
export async function stays({ who }: BackOffice, operationId: string): Promise<void> {
  const again = await who.manager.abandon({ operationId });
  expect(again.errors).toMatchObject([{ code: 'OPERATION_NOT_FAILED', path: ['operationId'] }]);
  const retried = await who.manager.retry({ operationId });
  expect(retried.errors).toMatchObject([{ code: 'INVALID_STATE', path: ['operationId'] }]);
}

/** Types of the events of an order and of its operations, in order, from the abandonment on. */
export async function eventsAfter({ gateway }: BackOffice, orderId: string): Promise<string[]> {
  const events = await gateway.rows<{ type: string; data: { operationState?: string } }>(
    `SELECT type, data FROM events WHERE orderId = ?
     AND id >= (SELECT MIN(id) FROM events WHERE type = 'operation.abandoned' AND orderId = ?) ORDER BY id`,
    [orderId, orderId],
  );
  return events
    .filter(({ type }) => type !== 'step.changed')
    .map(({ type, data }) => [type, data.operationState].filter(Boolean).join(' '));
}

import { accountId, userId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import type { App } from '../../src/app';
import { tokenOf } from './token';

/** Subject of generated events. */
export type Subject = Record<'accountId' | 'orderId' | 'subscriptionId' | 'operationId', string>;

const PLACE = 'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }';
const EXECUTE = `mutation ($input: ExecuteOrderInput!) { executeOrder(input: $input) {
  order { id operations { id subscription { id } } } } }`;

interface Ordered {
  id: string;
  operations: { id: string; subscription: { id: string } }[];
}

/** Orders one subscription as an account manager. Resolves to the subject of its events. */
export async function orderOne(app: App): Promise<Subject> {
  const { url, deps } = app;
  const token = await tokenOf(app, userId('manager@bss.example'));
  const send = async (query: string, input: object): Promise<Ordered> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables: { input } }),
    });
    const { data } = (await response.json()) as { data: Record<string, { order: Ordered }> };
    const [payload] = Object.values(data);
    if (!payload) throw new Error('The response has no payload.');
    return payload.order;
  };
  const recipientId = accountId('Northwind Traders');
  const lines = [{ productId: demoId('prod', 'CB-SERVER') }];
  const { id: orderId } = await send(PLACE, { recipientId, lines, idempotencyKey: 'place' });
  const { operations } = await send(EXECUTE, { orderId, idempotencyKey: 'execute' });
  const [operation] = operations;
  if (!operation) throw new Error('The order has no operation.');
  const { id: operationId, subscription } = operation;
  for (;;) {
    const [row] = await deps.db.rows<{ state: string }>('SELECT state FROM operations WHERE id = ?', [
      operationId,
    ]);
    if (row?.state === 'SUCCEEDED') break;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  return { accountId: recipientId, orderId, subscriptionId: subscription.id, operationId };
}

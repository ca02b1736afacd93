import { typeid } from 'typeid-js';
import { accountId, userId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { MANAGER } from './demo';
import type { TestGateway } from './gateway';
import type { Rows } from './rows';
import { ERRORS, newKey } from './shop';

/** Sends a document as the account manager; the gateway may be one in this process or one in another. */
export type Send = (query: string, variables: object) => Promise<Record<string, any>>;

/** A base license of the demo catalog, with add-ons by their SKU. */
export const license = (friendlyName: string, addons: Record<string, number> = {}, sku = 'IC-BASE-1TB') => ({
  productId: demoId('prod', sku),
  friendlyName,
  addons: addonLines(addons),
});

/** More add-ons for a subscription. */
export const more = (subscriptionId: string, addons: Record<string, number>) => ({
  subscriptionId,
  addons: addonLines(addons),
});

const addonLines = (addons: Record<string, number>) =>
  Object.entries(addons).map(([sku, quantity]) => ({ addonId: demoId('add', sku), quantity }));

/** A new account that the manager looks after; providers know it by `<name>@desk.example`. */
export async function newAccount(
  rows: Rows,
  name: string,
  resellerId: string | null = null,
  kind = 'CUSTOMER',
) {
  const id = typeid('acc').toString();
  await rows(
    `INSERT INTO accounts (id, kind, name, email, resellerId, accountManagerId, priceListId, billing)
     SELECT ?, ?, ?, ?, ?, ?, NULL, billing FROM accounts WHERE id = ?`,
    [id, kind, name, emailOf(name), resellerId, userId(MANAGER), accountId('Contoso')],
  );
  return { id, name, email: emailOf(name) };
}

/** The e-mail of an account that was made here. */
const emailOf = (name: string) => `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}@desk.example`;

const ORDERED = 'order { id state lines { subscription { id } } operations { id trackId } }';

/** What an account manager does; every mutation throws when it is refused. */
export function desk(send: Send) {
  const call = async (field: string, type: string, input: object, selection: string) => {
    const document = `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} ${ERRORS} } }`;
    const answer = (await send(document, { input }))[field];
    if (answer.errors.length > 0) throw new Error(JSON.stringify(answer.errors));
    return answer;
  };
  const self = {
    place: async (recipientId: string, ...lines: object[]): Promise<string> => {
      const input = { recipientId, lines, idempotencyKey: newKey() };
      return (await call('placeOrder', 'PlaceOrderInput', input, ORDERED)).order.id;
    },
    execute: async (orderId: string, idempotencyKey = newKey()) => {
      const { order } = await call('executeOrder', 'ExecuteOrderInput', { orderId, idempotencyKey }, ORDERED);
      const { operations, lines } = order;
      return {
        orderId,
        operationId: operations[0].id as string,
        trackId: operations[0].trackId as string,
        subscriptionId: lines[0].subscription.id as string,
      };
    },
    order: async (recipientId: string, line: object) => self.execute(await self.place(recipientId, line)),
    /** Ends a subscription: a request of an account manager needs no decision. Resolves to its id. */
    cancel: async (
      subscriptionId: string,
      idempotencyKey = newKey(),
      timing = 'IMMEDIATE',
    ): Promise<string> => {
      const input = { subscriptionId, timing, idempotencyKey };
      return (
        await call('requestCancellation', 'RequestCancellationInput', input, 'cancellationRequest { id }')
      ).cancellationRequest.id;
    },
    /** Changes the product and totals of add-ons, by SKU. */
    change: (
      subscriptionId: string,
      sku: string,
      addons: Record<string, number>,
      idempotencyKey = newKey(),
      timing = 'IMMEDIATE',
    ) => {
      const input = {
        subscriptionId,
        productId: demoId('prod', sku),
        addons: addonLines(addons),
        timing,
        idempotencyKey,
      };
      return call(
        'requestSubscriptionChange',
        'RequestSubscriptionChangeInput',
        input,
        'subscriptionChange { id }',
      );
    },
    suspend: (subscriptionId: string, idempotencyKey = newKey()) => {
      const input = { subscriptionId, reason: 'Unpaid', idempotencyKey };
      return call('suspendSubscription', 'SuspendSubscriptionInput', input, 'subscription { id }');
    },
    resume: (subscriptionId: string, idempotencyKey = newKey()) => {
      const input = { subscriptionId, idempotencyKey };
      return call('resumeSubscription', 'ResumeSubscriptionInput', input, 'subscription { id }');
    },
    retry: (operationId: string, idempotencyKey = newKey()) => {
      const input = { operationId, idempotencyKey };
      return call('retryProvisioning', 'RetryProvisioningInput', input, 'operation { id state }');
    },
    abandon: async (operationId: string, idempotencyKey = newKey()) => {
      const input = { operationId, reason: 'Not wanted any more', idempotencyKey };
      return call(
        'abandonOperation',
        'AbandonOperationInput',
        input,
        'operation { state } undo { id state }',
      );
    },
  };
  return self;
}

/** The account manager of a gateway in this process. */
export const deskOf = (gateway: TestGateway) =>
  desk(async (query, variables) => {
    const { data, errors } = await gateway.send(await gateway.token(MANAGER), query, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  });

/** The id of the first subscription that an order created. */
export async function subscriptionOf(rows: Rows, orderId: string): Promise<string> {
  const [row] = await rows('SELECT id FROM subscriptions WHERE orderId = ?', [orderId]);
  if (!row) throw new Error(`${orderId} has no subscription`);
  return row.id;
}

/** The last operation of a subscription with its steps, as the tables have them. */
export async function lastOperation(rows: Rows, subscriptionId: string) {
  const [operation] = await rows(
    'SELECT * FROM operations WHERE subscriptionId = ? ORDER BY createdAt DESC, id DESC LIMIT 1',
    [subscriptionId],
  );
  if (!operation) throw new Error(`${subscriptionId} has no operation`);
  const steps = await rows('SELECT * FROM steps WHERE operationId = ? ORDER BY position', [operation.id]);
  return { ...operation, steps } as Record<string, any> & { steps: Record<string, any>[] };
}

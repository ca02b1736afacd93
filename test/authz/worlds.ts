import { accountId, userId } from '../../src/demo-data';
import { demoId } from '../../src/demo-data/ids';
import type { TestGateway } from '../support/gateway';
import { newKey, shopper } from '../support/shop';

/** One of everything that has an owner, by type. */
export interface World {
  User: string;
  Account: string;
  Order: string;
  OrderLine: string;
  CloudSubscription: string;
  ProvisioningOperation: string;
  CancellationRequest: string;
  Basket: string;
  BasketLine: string;
  ApiKey: string;
  orderNumber: string;
  accountName: string;
}

const base = { productId: demoId('prod', 'IC-BASE-1TB') };

/** Buys, asks for the end of what was bought, and leaves a line in the next basket. */
async function buildWorld(
  gateway: TestGateway,
  email: string,
  accountName: string,
  keyOf: string,
): Promise<World> {
  const buyer = shopper(gateway, email);
  const recipient = accountId(accountName);
  const { order } = await buyer.order(base, email.startsWith('sales') ? recipient : undefined);
  await gateway.settled();
  const subscriptionId = order.lines[0].subscription.id;
  const { cancellationRequest } = await buyer.call(
    'requestCancellation',
    'RequestCancellationInput',
    { subscriptionId, idempotencyKey: newKey() },
    'cancellationRequest { id }',
  );
  const { basket } = await buyer.add(base);
  const { apiKey } = await shopper(gateway, 'admin@bss.example').call(
    'createApiKey',
    'CreateApiKeyInput',
    { name: 'Portal', scopes: ['READ'], accountId: accountId(keyOf) },
    'apiKey { id }',
  );
  return {
    User: userId(email),
    Account: recipient,
    Order: order.id,
    OrderLine: order.lines[0].id,
    CloudSubscription: subscriptionId,
    ProvisioningOperation: order.operations[0].id,
    CancellationRequest: cancellationRequest.id,
    Basket: basket.id,
    BasketLine: basket.lines[0].id,
    ApiKey: apiKey.id,
    orderNumber: order.number,
    accountName,
  };
}

/** Who asks, in the order of the columns of the matrix. */
export const CALLERS = ['ANONYMOUS', 'CUSTOMER', 'RESELLER', 'ACCOUNT_MANAGER', 'ADMINISTRATOR'] as const;

/** One of them. */
export type Caller = (typeof CALLERS)[number];

const EMAILS: Record<Exclude<Caller, 'ANONYMOUS'>, string> = {
  CUSTOMER: 'buyer@northwind.example',
  RESELLER: 'sales@skyline.example',
  ACCOUNT_MANAGER: 'manager@bss.example',
  ADMINISTRATOR: 'admin@bss.example',
};

/** A world of the caller's own for each, and one that is another tenant's for all. */
export interface Worlds {
  own: Record<Caller, World>;
  foreign: World;
  token(caller: Caller): Promise<string | null>;
}

/** Builds what the matrix asks for. */
export async function buildWorlds(gateway: TestGateway): Promise<Worlds> {
  const customer = await buildWorld(gateway, EMAILS.CUSTOMER, 'Northwind Traders', 'Skyline IT');
  const reseller = await buildWorld(gateway, EMAILS.RESELLER, 'Alpine Dental', 'Skyline IT');
  const foreign = await buildWorld(gateway, 'sales@harbor.example', 'Dune Media', 'Harbor Cloud');
  return {
    own: {
      ANONYMOUS: customer,
      CUSTOMER: customer,
      RESELLER: reseller,
      ACCOUNT_MANAGER: { ...customer, User: userId(EMAILS.ACCOUNT_MANAGER) },
      ADMINISTRATOR: { ...customer, User: userId(EMAILS.ADMINISTRATOR) },
    },
    foreign,
    token: async caller => (caller === 'ANONYMOUS' ? null : gateway.token(EMAILS[caller])),
  };
}

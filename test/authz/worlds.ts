import { accountId, userId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import type { TestGateway } from '../support/gateway';
import { newKey, shopper } from '../support/shop';
import { until } from '../support/until';

/** One of everything that has an owner, by type. */
export interface World {
  User: string;
  Account: string;
  Order: string;
  OrderLine: string;
  CloudSubscription: string;
  ProvisioningOperation: string;
  CancellationRequest: string;
  SubscriptionChange: string;
  Charge: string;
  Basket: string;
  BasketLine: string;
  ApiKey: string;
  Webhook: string;
  WebhookDelivery: string;
  Invitation: string;
  Mail: string;
  orderNumber: string;
  accountName: string;
  /** Subscription of the change: another one, because the first one is to end. */
  changingSubscription: string;
  /** Whose the webhook is. */
  owner: string;
}

const base = { productId: demoId('prod', 'IC-BASE-1TB') };
const backup = { productId: demoId('prod', 'CB-WORKSTATION') };

/** Buys, asks for the end of what was bought, and leaves a line in the next basket. */
async function buildWorld(
  gateway: TestGateway,
  email: string,
  accountName: string,
  keyOf: string,
  ownerName: string,
): Promise<World> {
  const buyer = shopper(gateway, email);
  const recipient = accountId(accountName);
  const owner = accountId(ownerName);
  const webhook = await newWebhook(gateway, owner);
  const { order } = await buyer.order(base, email.startsWith('sales') ? recipient : undefined);
  await gateway.settled();
  const subscriptionId = order.lines[0].subscription.id;
  const { cancellationRequest } = await buyer.call(
    'requestCancellation',
    'RequestCancellationInput',
    { subscriptionId, idempotencyKey: newKey() },
    'cancellationRequest { id }',
  );
  const changing = await buyer.order(backup, email.startsWith('sales') ? recipient : undefined);
  await gateway.settled();
  const changingSubscription = changing.order.lines[0].subscription.id;
  const { subscriptionChange } = await buyer.call(
    'requestSubscriptionChange',
    'RequestSubscriptionChangeInput',
    {
      subscriptionId: changingSubscription,
      productId: demoId('prod', 'CB-SERVER'),
      timing: 'END_OF_PERIOD',
      idempotencyKey: newKey(),
    },
    'subscriptionChange { id }',
  );
  const { basket } = await buyer.add(base);
  const { apiKey } = await shopper(gateway, 'admin@bss.example').call(
    'createApiKey',
    'CreateApiKeyInput',
    { name: 'Portal', scopes: ['READ'], accountId: accountId(keyOf) },
    'apiKey { id }',
  );
  const { invitation } = await shopper(gateway, 'admin@bss.example').call(
    'inviteUser',
    'InviteUserInput',
    {
      accountId: recipient,
      name: 'Invited',
      email: `${newKey()}@nowhere.example`,
      roles: ['CUSTOMER'],
      idempotencyKey: newKey(),
    },
    'invitation { id mail { id } }',
  );
  return {
    Invitation: invitation.id,
    Mail: invitation.mail.id,
    User: userId(email),
    Account: recipient,
    Order: order.id,
    OrderLine: order.lines[0].id,
    CloudSubscription: subscriptionId,
    ProvisioningOperation: order.operations[0].id,
    CancellationRequest: cancellationRequest.id,
    SubscriptionChange: subscriptionChange.id,
    Charge: await chargeOf(gateway, subscriptionId),
    changingSubscription,
    Basket: basket.id,
    BasketLine: basket.lines[0].id,
    ApiKey: apiKey.id,
    Webhook: webhook,
    WebhookDelivery: await deliveryOf(gateway, webhook),
    orderNumber: order.number,
    accountName,
    owner,
  };
}

/** The first charge of a subscription, once it has a number. */
async function chargeOf(gateway: TestGateway, subscriptionId: string): Promise<string> {
  await gateway.app.deps.events.numberCommitted();
  const first = 'SELECT id FROM charges WHERE subscriptionId = ? ORDER BY seq LIMIT 1';
  return (await gateway.rows(first, [subscriptionId]))[0]?.id;
}

/** A webhook that an administrator has made for an account, with a test on its way. Nobody listens there. */
async function newWebhook(gateway: TestGateway, owner: string): Promise<string> {
  const input = { url: 'http://127.0.0.1:1/', accountId: owner };
  const admin = shopper(gateway, 'admin@bss.example');
  const { webhook } = await admin.call('createWebhook', 'CreateWebhookInput', input, 'webhook { id }');
  await admin.call('sendTestEvent', 'SendTestEventInput', { webhookId: webhook.id }, 'webhook { id }');
  await deliveryOf(gateway, webhook.id);
  return webhook.id;
}

/** The first of its deliveries. */
async function deliveryOf(gateway: TestGateway, webhook: string): Promise<string> {
  const newest = 'SELECT id FROM deliveries WHERE webhookId = ? ORDER BY seq LIMIT 1';
  await until(async () => (await gateway.rows(newest, [webhook])).length > 0);
  return (await gateway.rows(newest, [webhook]))[0]?.id;
}

/** Who asks, in the order of the columns of the matrix. */
export const CALLERS = ['ANONYMOUS', 'CUSTOMER', 'RESELLER', 'ACCOUNT_MANAGER', 'ADMINISTRATOR'] as const;

/** One of them. */
export type Caller = (typeof CALLERS)[number];

/** Demo users of the matrix. */
export const EMAILS: Record<Exclude<Caller, 'ANONYMOUS'>, string> = {
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
  const customer = await buildWorld(
    gateway,
    EMAILS.CUSTOMER,
    'Northwind Traders',
    'Skyline IT',
    'Northwind Traders',
  );
  const reseller = await buildWorld(gateway, EMAILS.RESELLER, 'Alpine Dental', 'Skyline IT', 'Skyline IT');
  const foreign = await buildWorld(
    gateway,
    'sales@harbor.example',
    'Dune Media',
    'Harbor Cloud',
    'Harbor Cloud',
  );
  return {
    own: {
      ANONYMOUS: customer,
      CUSTOMER: customer,
      RESELLER: reseller,
      ACCOUNT_MANAGER: { ...customer, User: userId(EMAILS.ACCOUNT_MANAGER) },
      ADMINISTRATOR: {
        ...customer,
        User: userId(EMAILS.ADMINISTRATOR),
        // The customer deletes its own.
        Webhook: await newWebhook(gateway, customer.owner),
      },
    },
    foreign,
    token: async caller => (caller === 'ANONYMOUS' ? null : gateway.token(EMAILS[caller])),
  };
}

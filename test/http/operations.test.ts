import { type ExecutionResult, Kind, parse, print } from 'graphql';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { accountId, userId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { encodeCursor, LOG_KEY } from '../../src/events';
import { person } from '../support/back-office';
import { product } from '../support/catalog';
import { ADMIN, MANAGER, RESELLER } from '../support/demo';
import type { TestGateway } from '../support/gateway';
import { type MailGateway, startMailGateway } from '../support/mails';
import { operationNames, operationText } from '../support/operations';
import { faults, refuse } from '../support/provider/of-gateway';
import { newKey, shopper } from '../support/shop';

const PRODUCT = demoId('prod', 'IC-BASE-1TB');
const ADDON = { addonId: demoId('add', 'IC-ADD-1TB'), quantity: 2 };
const OTHER_RESELLER = 'sales@harbor.example';
const LARGER = demoId('prod', 'IC-BASE-5TB');
const SERVER = demoId('prod', 'CB-SERVER');
const WORKSTATION = demoId('prod', 'CB-WORKSTATION');

let world: MailGateway;
let gateway: TestGateway;
beforeAll(async () => {
  world = await startMailGateway();
  ({ gateway } = world);
});
afterAll(() => world.stop());

/** What the documents that came before have answered, by name. */
const answers: Record<string, any> = {};

interface Play {
  as: string | null;
  variables?(): object | Promise<object>;
}

const asReseller = (variables?: Play['variables']): Play => ({
  as: RESELLER,
  ...(variables && { variables }),
});
const asManager = (variables?: Play['variables']): Play => ({ as: MANAGER, ...(variables && { variables }) });
const asAdmin = (variables?: Play['variables']): Play => ({
  as: 'admin@bss.example',
  ...(variables && { variables }),
});
const priceListId = demoId('pl', 'public');
const newProduct = () => answers['34-create-product'].createProduct.product.id;
const basket = () => shopper(gateway, RESELLER).basket();
const orderId = () => answers['13-checkout'].checkout.order.id;
const webhookId = () => answers['44-create-webhook'].createWebhook.webhook.id;
const INVITED = 'ada@alpine.example';
const invited = (email: string) => ({
  accountId: accountId('Alpine Dental'),
  name: 'Ada Alpine',
  email,
  roles: ['CUSTOMER'],
  idempotencyKey: newKey(),
});
const invitationId = () => answers['60-invite-user'].inviteUser.invitation.id;
const subscriptionId = async () => {
  const [row] = await gateway.rows('SELECT id FROM subscriptions WHERE accountId = ? ORDER BY id', [
    accountId('Alpine Dental'),
  ]);
  return row?.id;
};
const newRequest = async () => {
  const input = { subscriptionId: await subscriptionId(), idempotencyKey: newKey() };
  const selection = 'cancellationRequest { id }';
  const { cancellationRequest } = await shopper(gateway, RESELLER).call(
    'requestCancellation',
    'RequestCancellationInput',
    input,
    selection,
  );
  return cancellationRequest.id;
};
const newOrder = async (recipient: string) => {
  const input = {
    recipientId: accountId(recipient),
    lines: [{ productId: PRODUCT }],
    idempotencyKey: newKey(),
  };
  const { order } = await shopper(gateway, MANAGER).call(
    'placeOrder',
    'PlaceOrderInput',
    input,
    'order { id }',
  );
  return order.id;
};
const failedOperation = async () => {
  await faults(gateway, refuse('broker/provision'));
  const line = { productId: product('CB-SERVER') };
  const order = await person(gateway, ADMIN).provisioned(accountId('Birch Legal'), line);
  return order.operations[0].id;
};

let changed: any;
const changedId = () => changed.lines[0].subscription.id;
/** A change that awaits the distributor. */
const pendingChange = async () => {
  const buyer = shopper(gateway, OTHER_RESELLER);
  const { order } = await buyer.order({ productId: LARGER }, accountId('Dune Media'));
  await gateway.settled();
  const input = {
    subscriptionId: order.lines[0].subscription.id,
    productId: PRODUCT,
    idempotencyKey: newKey(),
  };
  const { subscriptionChange } = await buyer.call(
    'requestSubscriptionChange',
    'RequestSubscriptionChangeInput',
    input,
    'subscriptionChange { id }',
  );
  return subscriptionChange.id;
};
/** The subscription that the document before has suspended. */
const suspendedSubscription = async () => {
  await gateway.settled();
  return subscriptionId();
};

/** The ordering story, document by document: who sends it, and with what. */
const plays: Record<string, Play> = {
  '01-sign-in': { as: null, variables: () => ({ input: { email: RESELLER, password: 'demo' } }) },
  '02-viewer': asReseller(),
  '03-catalog': { as: null },
  '04-product': asReseller(() => ({ sku: 'IC-BASE-1TB' })),
  '05-basket': asReseller(),
  '06-add-to-basket': asReseller(() => ({
    input: { productId: PRODUCT, friendlyName: 'Backups', addons: [ADDON] },
  })),
  '07-update-basket-line': asReseller(async () => ({
    input: { lineId: (await basket()).lines[0].id, friendlyName: 'Archive' },
  })),
  '08-remove-basket-line': asReseller(async () => ({ input: { lineId: (await basket()).lines[0].id } })),
  '09-empty-basket': asReseller(),
  '10-recipients': asReseller(() => ({ search: 'dental' })),
  '11-choose-recipient': asReseller(() => ({ input: { accountId: accountId('Alpine Dental') } })),
  '12-confirm-billing': asReseller(async () => {
    await shopper(gateway, RESELLER).add({ productId: PRODUCT });
    return { input: {} };
  }),
  '13-checkout': asReseller(async () => ({
    input: { basketId: (await basket()).id, idempotencyKey: newKey() },
  })),
  '14-provisioning-updates': asReseller(() => ({ orderId: orderId() })),
  '15-order': asReseller(() => ({ id: orderId() })),
  '16-orders': asReseller(() => ({ filter: { states: ['EXECUTING', 'COMPLETED'] } })),
  '17-subscriptions': asReseller(() => ({ filter: { search: 'impossible' } })),
  '18-subscription': asReseller(async () => ({ id: await subscriptionId() })),
  '19-add-addons-to-basket': asReseller(async () => {
    await gateway.settled();
    return { subscriptionId: await subscriptionId(), addons: [ADDON] };
  }),
  '20-rename-subscription': asReseller(async () => ({
    input: { subscriptionId: await subscriptionId(), friendlyName: 'Off-site' },
  })),
  '21-request-cancellation': asReseller(async () => ({
    input: { subscriptionId: await subscriptionId(), idempotencyKey: newKey() },
  })),
  '22-withdraw-cancellation': asReseller(() => ({
    input: { requestId: answers['21-request-cancellation'].requestCancellation.cancellationRequest.id },
  })),
  '23-cancellation-requests': asManager(() => ({ filter: { states: ['WITHDRAWN'] } })),
  '24-cancellation-updates': asManager(() => ({ after: encodeCursor({ seq: 0 }, ['cancellation']) })),
  '25-decide-cancellation': asManager(async () => ({
    input: { requestId: await newRequest(), decision: 'REJECT', idempotencyKey: newKey() },
  })),
  '26-place-order': asManager(() => ({
    input: { recipientId: accountId('Contoso'), lines: [{ productId: PRODUCT }], idempotencyKey: newKey() },
  })),
  '27-execute-order': asManager(() => ({
    input: { orderId: answers['26-place-order'].placeOrder.order.id, idempotencyKey: newKey() },
  })),
  '28-cancel-order': asManager(async () => ({ input: { orderId: await newOrder('Northwind Traders') } })),
  '29-retry-provisioning': asManager(async () => ({
    input: { operationId: await failedOperation(), idempotencyKey: newKey() },
  })),
  '30-accounts': asManager(() => ({ filter: { kinds: ['CUSTOMER'] } })),
  '31-node': asReseller(() => ({ id: orderId() })),
  '32-price-lists': asAdmin(),
  '33-catalog-products': asAdmin(() => ({ states: ['PUBLISHED'] })),
  '34-create-product': asAdmin(() => ({
    input: {
      serviceId: demoId('svc', 'cloud-backup'),
      categoryId: demoId('cat', 'cloud-backup'),
      sku: 'CB-NAS',
      slug: 'cloud-backup-nas',
      name: 'Cloud Backup NAS',
      capacityBytes: '4000000000000',
    },
  })),
  '35-set-price': asAdmin(() => ({
    input: { priceListId, itemId: newProduct(), billingCycle: 'MONTHLY', unitPrice: '29.00' },
  })),
  '36-publish-product': asAdmin(() => ({ input: { productId: newProduct() } })),
  '37-past-prices': asAdmin(() => ({ priceListId, itemId: newProduct(), billingCycle: 'MONTHLY' })),
  '38-retire-product': asAdmin(() => ({ input: { productId: newProduct() } })),
  '39-create-account': asAdmin(() => ({
    input: {
      kind: 'CUSTOMER',
      name: 'Fir Hotels',
      email: 'it@fir.example',
      billing: {
        company: 'Fir Hotels',
        email: 'billing@fir.example',
        addressLine1: 'Seeweg 1',
        city: 'Kiel',
        postalCode: '24103',
        country: 'DE',
      },
    },
  })),
  '40-create-user': asAdmin(() => ({
    input: {
      name: 'Fiona Fir',
      email: 'fiona@fir.example',
      roles: ['CUSTOMER'],
      accountId: answers['39-create-account'].createAccount.account.id,
    },
  })),
  '41-users': asAdmin(() => ({ search: 'fiona' })),
  '42-refresh-token': {
    as: null,
    variables: () => ({ input: { refreshToken: answers['01-sign-in'].signIn.refreshToken } }),
  },
  '43-sign-out': asManager(),
  '44-create-webhook': asReseller(() => ({ input: { url: 'http://127.0.0.1:1/', eventTypes: ['order.*'] } })),
  '45-webhooks': asReseller(),
  '46-webhook-deliveries': asReseller(() => ({ webhookId: webhookId(), states: ['PENDING'] })),
  '47-rotate-webhook-secret': asReseller(() => ({ input: { webhookId: webhookId() } })),
  '48-redeliver-since': asReseller(() => ({
    input: { webhookId: webhookId(), after: encodeCursor({ seq: 0 }, LOG_KEY) },
  })),
  '49-set-external-reference': asReseller(async () => ({
    input: { id: await subscriptionId(), externalReference: 'CRM-1' },
  })),
  '50-order-updates': asReseller(),
  '51-subscription-updates': asReseller(),
  '52-preview-subscription-change': asAdmin(async () => {
    changed = (await shopper(gateway, OTHER_RESELLER).order({ productId: SERVER }, accountId('Dune Media')))
      .order;
    await gateway.settled();
    return { input: { subscriptionId: changedId(), productId: WORKSTATION } };
  }),
  '53-request-subscription-change': asAdmin(() => ({
    input: {
      subscriptionId: changedId(),
      productId: WORKSTATION,
      timing: 'END_OF_PERIOD',
      idempotencyKey: newKey(),
    },
  })),
  '54-decide-subscription-change': asAdmin(async () => ({
    input: { changeId: await pendingChange(), decision: 'REJECT', idempotencyKey: newKey() },
  })),
  '55-withdraw-subscription-change': asAdmin(() => ({
    input: {
      changeId: answers['53-request-subscription-change'].requestSubscriptionChange.subscriptionChange.id,
    },
  })),
  '56-subscription-changes': asAdmin(() => ({ filter: { states: ['REJECTED'] } })),
  '57-abandon-operation': asAdmin(async () => ({
    input: { operationId: await failedOperation(), reason: 'Ordered twice', idempotencyKey: newKey() },
  })),
  '58-suspend-subscription': asAdmin(async () => ({
    input: { subscriptionId: await subscriptionId(), reason: 'Unpaid', idempotencyKey: newKey() },
  })),
  '59-resume-subscription': asAdmin(async () => ({
    input: { subscriptionId: await suspendedSubscription(), idempotencyKey: newKey() },
  })),
  '60-invite-user': asReseller(() => ({ input: invited(INVITED) })),
  '61-invitations': asReseller(() => ({ accountId: accountId('Alpine Dental') })),
  '62-resend-invitation': asReseller(() => ({ input: { invitationId: invitationId() } })),
  '63-revoke-invitation': asReseller(async () => {
    const { invitation } = await world.invite(RESELLER, invited('revoked@alpine.example'));
    return { input: { invitationId: invitation.id } };
  }),
  '64-accept-invitation': {
    as: null,
    variables: async () => ({
      input: { token: (await world.mailTo(INVITED, 2)).token, password: 'a good long password' },
    }),
  },
  '65-request-password-reset': { as: null, variables: () => ({ input: { email: INVITED } }) },
  '66-reset-password': {
    as: null,
    variables: async () => ({
      input: { token: (await world.mailTo(INVITED, 3)).token, newPassword: 'another good long password' },
    }),
  },
  '67-mails': asAdmin(() => ({ filter: { to: INVITED } })),
  '68-resend-mail': asAdmin(() => ({ input: { mailId: answers['67-mails'].mails.nodes[0].id } })),
  '69-set-notifications': {
    as: 'manager2@bss.example',
    variables: () => ({ input: { enabled: ['CANCELLATION_REQUESTED', 'ORDER_FAILED'] } }),
  },
  '70-set-deputy': {
    as: 'manager2@bss.example',
    variables: () => ({
      input: { deputyId: userId('admin@bss.example'), until: new Date(Date.now() + 86_400_000) },
    }),
  },
  '71-erase-user': asAdmin(() => ({
    input: { userId: answers['64-accept-invitation'].acceptInvitation.viewer.id },
  })),
  '72-charges': asReseller(async () => ({ filter: { subscriptionId: await subscriptionId() } })),
  '73-create-adjustment': asAdmin(async () => ({
    input: {
      subscriptionId: await subscriptionId(),
      amount: '-5.00',
      reason: 'Outage on Monday',
      idempotencyKey: newKey(),
    },
  })),
  '74-set-retail-price': asReseller(() => ({
    input: { productId: PRODUCT, billingCycle: 'MONTHLY', unitPrice: '9.90' },
  })),
  '75-overview': asAdmin(),
};

async function execute(text: string, email: string | null, variables: object): Promise<ExecutionResult> {
  const token = email && (await gateway.token(email));
  const live = parse(text).definitions.some(
    definition => definition.kind === Kind.OPERATION_DEFINITION && definition.operation === 'subscription',
  );
  if (!live) return gateway.send(token, text, variables) as never;
  const client = createClient({
    url: gateway.url.replace('http', 'ws').concat('/graphql'),
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
  });
  const messages = client.iterate({ query: text, variables: { ...variables } });
  const { value } = await messages.next();
  await messages.return?.();
  return value;
}

test('every document of schema/operations is executed', () => {
  expect(Object.keys(plays)).toEqual(operationNames);
});

test('fragments of one name are the same in all documents', () => {
  const seen = new Map<string, string>();
  for (const name of operationNames) {
    for (const definition of parse(operationText(name)).definitions) {
      if (definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
      const text = print(definition);
      expect(seen.get(definition.name.value) ?? text).toBe(text);
      seen.set(definition.name.value, text);
    }
  }
});

// Each goes on where the one before has left the basket, the order and the subscription.
test.each(Object.entries(plays))('%s works as the story has it', async (name, { as, variables }) => {
  const { data, errors } = await execute(operationText(name), as, (await variables?.()) ?? {});
  expect(errors).toBeUndefined();
  answers[name] = data;
  for (const [field, payload] of Object.entries(data ?? {})) {
    expect([field, payload]).not.toEqual([field, null]);
    expect((payload as any).errors ?? []).toEqual([]);
  }
});

import { userId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { type UserErrorCode, userErrors } from '../../src/errors';
import { type Administrator, administrator } from '../support/administrator';
import { type BackOffice, startBackOffice } from '../support/back-office';
import { addon, product } from '../support/catalog';
import { ALPINE, CONTOSO, SKYLINE, STORAGE } from '../support/demo';
import { codes } from '../support/errors';
import type { TestGateway } from '../support/gateway';
import { faults, refuse } from '../support/provider/of-gateway';
import { startReceiver } from '../support/receiver';
import { newKey } from '../support/shop';
import { signIn } from '../support/sign-in';
import { writingNothing } from '../support/tables';
import { until } from '../support/until';
import { webhooksOf } from '../support/webhooks';

const ADDONS = [{ addonId: addon('IC-ADD-1TB'), quantity: 1 }];

let office: BackOffice;
let gateway: TestGateway;
let who: BackOffice['who'];
let admin: Administrator;
beforeAll(async () => {
  office = await startBackOffice();
  ({ gateway, who } = office);
  admin = administrator(gateway);
});
afterAll(() => office.stop());
beforeEach(() => office.reset());

type Payload = { errors: { code: string; message: string }[] };

/** The call is refused with `code` and a message that names the remedy, and writes nothing. */
async function refused(code: UserErrorCode, remedy: string, call: () => Promise<unknown>): Promise<void> {
  const { errors } = (await writingNothing(gateway, call)) as Payload;
  expect(errors[0]).toMatchObject({ code, message: expect.stringContaining(remedy) });
}

async function passes<T>(call: () => Promise<T>): Promise<T> {
  const payload = await call();
  expect((payload as Payload).errors).toEqual([]);
  return payload;
}

/** A basket of the reseller's with one product for Alpine Dental, confirmed. */
async function confirmed(): Promise<() => Promise<any>> {
  await who.reseller.add(STORAGE);
  await who.reseller.choose({ accountId: ALPINE });
  const { basket } = await passes(() => who.reseller.confirm());
  return () => who.reseller.checkout({ basketId: basket.id, idempotencyKey: newKey() });
}

/** What each code's message says to do, done. Codes that name nothing to do say so. */
const remedies: Record<UserErrorCode, (() => Promise<unknown>) | string> = {
  async PASSWORD_CHANGE_REQUIRED() {
    const email = 'remedied@bss.example';
    const user = { name: 'Remedied', email, roles: ['ACCOUNT_MANAGER'] };
    const { oneTimePassword: password } = (await admin.does('createUser', user)) as any;
    const { errors } = await signIn(gateway, email, password);
    expect(errors[0]).toMatchObject({ code: 'PASSWORD_CHANGE_REQUIRED' });
    await passes(() => signIn(gateway, email, password, 'a good long password of its own'));
  },

  async RECIPIENT_REQUIRED() {
    const { basket } = await who.reseller.add(STORAGE);
    const checkout = () => who.reseller.checkout({ basketId: basket.id, idempotencyKey: newKey() });
    await refused('RECIPIENT_REQUIRED', 'Choose the account', checkout);
    await passes(() => who.reseller.choose({ accountId: ALPINE }));
    await passes(() => who.reseller.confirm());
    await passes(checkout);
  },

  async RESELLER_CANNOT_ORDER_FOR_SELF() {
    const order = (recipientId: string) => who.manager.place({ recipientId, lines: [STORAGE] });
    await refused('RESELLER_CANNOT_ORDER_FOR_SELF', 'Choose one of its end customers', () => order(SKYLINE));
    await passes(() => order(ALPINE));
  },

  async BILLING_NOT_CONFIRMED() {
    await who.reseller.add(STORAGE);
    const { basket } = await who.reseller.choose({ accountId: ALPINE });
    const checkout = () => who.reseller.checkout({ basketId: basket.id, idempotencyKey: newKey() });
    await refused('BILLING_NOT_CONFIRMED', 'Confirm the billing information', checkout);
    await passes(() => who.reseller.confirm());
    await passes(checkout);
  },

  async PRICE_CHANGED() {
    const checkout = await confirmed();
    const price = {
      priceListId: demoId('pl', 'reseller'),
      itemId: STORAGE.productId,
      billingCycle: 'MONTHLY',
    };
    await admin.does('setPrice', { ...price, unitPrice: '9.99' });
    await refused('PRICE_CHANGED', 'confirm again', checkout);
    await passes(() => who.reseller.confirm());
    await passes(checkout);
    await admin.does('setPrice', { ...price, unitPrice: '6.40' });
  },

  async VERSION_CONFLICT() {
    const subscriptionId = await who.manager.liveSubscription(ALPINE);
    const rename = (expectedVersion: number) =>
      who.manager.rename({ subscriptionId, friendlyName: 'Read again', expectedVersion });
    await refused('VERSION_CONFLICT', 'Read it again', () => rename(0));
    await passes(async () => rename((await who.manager.seeSubscription(subscriptionId)).version));
  },

  async IDEMPOTENCY_KEY_REUSED() {
    const idempotencyKey = newKey();
    await passes(() => who.manager.place({ recipientId: ALPINE, lines: [STORAGE], idempotencyKey }));
    const other = { recipientId: CONTOSO, lines: [STORAGE] };
    await refused('IDEMPOTENCY_KEY_REUSED', 'Use a new key', () =>
      who.manager.place({ ...other, idempotencyKey }),
    );
    await passes(() => who.manager.place(other));
  },

  async ACTIVE_SUBSCRIPTION_EXISTS() {
    const subscriptionId = await who.manager.liveSubscription(ALPINE);
    const another = () => who.manager.place({ recipientId: ALPINE, lines: [STORAGE] });
    await refused('ACTIVE_SUBSCRIPTION_EXISTS', 'Buy add-ons for it, or cancel it first', another);
    const line = { subscriptionId, addons: ADDONS };
    const order = await who.manager.provisioned(ALPINE, line);
    expect(order.state).toBe('COMPLETED');
    const { id } = await who.reseller.requested(subscriptionId);
    await passes(() => who.manager.decide({ requestId: id, decision: 'ACCEPT' }));
    await gateway.settled();
    await passes(another);
  },

  async DUPLICATE_SERVICE_IN_BASKET() {
    const { basket } = await who.reseller.add(STORAGE);
    await refused('DUPLICATE_SERVICE_IN_BASKET', 'Keep one product and add add-ons to it', () =>
      who.reseller.add({ productId: product('IC-BASE-5TB') }),
    );
    await passes(() => who.reseller.update({ lineId: basket.lines[0].id, addons: ADDONS }));
    await who.reseller.empty();
  },

  async BASKET_EMPTY() {
    const { basket } = await who.reseller.empty();
    const checkout = () => who.reseller.checkout({ basketId: basket.id, idempotencyKey: newKey() });
    await refused('BASKET_EMPTY', 'no lines to order', checkout);
    await passes(async () => (await confirmed())());
  },

  async PRODUCT_UNAVAILABLE() {
    const order = (billingCycle: string) =>
      who.manager.place({ recipientId: ALPINE, lines: [{ ...STORAGE, billingCycle }] });
    await refused('PRODUCT_UNAVAILABLE', 'Choose one of MONTHLY', () => order('THREE_YEARS'));
    await passes(() => order('MONTHLY'));
  },

  async SUBSCRIPTION_BUSY() {
    const subscriptionId = await who.manager.liveSubscription(ALPINE);
    office.proxy.hold('addons/create');
    const { id } = await who.manager.placed(ALPINE, { subscriptionId, addons: ADDONS });
    await passes(() => who.manager.execute({ orderId: id }));
    const request = () => who.manager.request({ subscriptionId });
    expect((await request()).errors[0]).toMatchObject({
      code: 'SUBSCRIPTION_BUSY',
      message: expect.stringContaining('Retry when the operation has finished'),
    });
    office.proxy.release();
    await gateway.settled();
    await passes(request);
  },

  OPERATION_NOT_FAILED: 'an operation that is open, done or abandoned needs no settlement',

  async CANCELLATION_ALREADY_REQUESTED() {
    const subscriptionId = await who.manager.liveSubscription(ALPINE);
    const line = { subscriptionId, addons: ADDONS };
    const buy = () => who.manager.place({ recipientId: ALPINE, lines: [line] });
    const withdrawn = await who.reseller.requested(subscriptionId);
    await refused('CANCELLATION_ALREADY_REQUESTED', 'Withdraw it first', buy);
    await passes(() => who.manager.withdraw({ requestId: withdrawn.id }));
    await passes(buy);

    // Accepted at once, it can be withdrawn no more: the message does not say so any more.
    office.proxy.hold('subscriptions/cancel');
    await faults(gateway, refuse('subscriptions/cancel'));
    const { id } = await who.reseller.requested(subscriptionId);
    await passes(() => who.manager.decide({ requestId: id, decision: 'ACCEPT' }));
    const messageOf = async () => (await who.manager.request({ subscriptionId })).errors[0].message;
    expect(await messageOf()).toContain('Wait until the subscription has ended');
    office.proxy.release();
    await gateway.settled();
    expect(await messageOf()).toContain('An account manager has to retry or abandon it');
    const { operations } = await who.manager.seeSubscription(subscriptionId);
    await passes(() => who.manager.retry({ operationId: operations.at(-1).id }));
    await gateway.settled();
    expect((await who.manager.seeSubscription(subscriptionId)).state).toBe('CANCELLED');
  },

  async FORBIDDEN() {
    const own = { userId: userId('admin@bss.example'), name: 'Anna' };
    await refused('FORBIDDEN', 'Ask another administrator', () => admin.ask('updateUser', own));
    const { user } = (await admin.does('createUser', {
      name: 'Another',
      email: 'another-admin@bss.example',
      roles: ['ADMINISTRATOR'],
      password: 'a good long password',
    })) as any;
    const { token } = await signIn(gateway, user.email, 'a good long password');
    const document =
      'mutation ($input: UpdateUserInput!) { updateUser(input: $input) { errors { code message } } }';
    await passes(async () => (await gateway.send(token, document, { input: own })).data.updateUser);
  },

  async WRONG_CREDENTIALS() {
    const document =
      'mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { token errors { code message } } }';
    const refresh = async () =>
      (await gateway.send(null, document, { input: { refreshToken: 'spent' } })).data.refreshToken;
    await refused('WRONG_CREDENTIALS', 'Sign in again', refresh);
    await passes(() => signIn(gateway, 'sales@skyline.example'));
  },

  async PROVIDER_REJECTED() {
    // The reason is the provider's: another product is another question.
    await faults(gateway, { endpoint: 'subscriptions/create', checkOnly: true, ...refusal(-6532) });
    const place = () => who.manager.place({ recipientId: ALPINE, lines: [STORAGE] });
    expect(codes(await place())).toEqual(['PROVIDER_REJECTED']);
    await passes(place);
  },

  async INVALID_STATE() {
    // Without a billing period: now, not at the end of it.
    await faults(gateway, refuse('subscriptions/create'));
    const failed = await who.manager.provisioned(ALPINE, STORAGE);
    const subscriptionId = failed.lines[0].subscription.id;
    await refused('INVALID_STATE', 'Cancel it immediately', () =>
      who.manager.request({ subscriptionId, timing: 'END_OF_PERIOD' }),
    );
    await passes(() => who.manager.request({ subscriptionId, timing: 'IMMEDIATE' }));

    // A webhook that is disabled.
    const receiver = await startReceiver();
    const owner = webhooksOf(gateway, 'sales@skyline.example');
    const { webhook } = await owner.create({ url: receiver.url });
    await passes(() => owner.update({ webhookId: webhook.id, state: 'DISABLED' }));
    await refused('INVALID_STATE', 'Enable it first', () => owner.test(webhook.id));
    await passes(() => owner.update({ webhookId: webhook.id, state: 'ENABLED' }));
    await passes(() => owner.test(webhook.id));
    await until(() => receiver.requests.length > 0);
    await owner.remove(webhook.id);
    await receiver.stop();

    // A product without a price.
    const { product: made } = (await admin.does('createProduct', {
      serviceId: demoId('svc', 'impossible-cloud-storage'),
      categoryId: demoId('cat', 'impossible-cloud'),
      sku: 'REMEDIED',
      slug: 'remedied',
      name: 'Remedied',
      description: 'Remedied',
      capacityBytes: '1',
    })) as any;
    const publish = () => admin.ask('publishProduct', { productId: made.id });
    await refused('INVALID_STATE', 'Set one first', publish);
    const price = { priceListId: demoId('pl', 'public'), itemId: made.id, billingCycle: 'MONTHLY' };
    await admin.does('setPrice', { ...price, unitPrice: '1.00' });
    await passes(publish as () => Promise<unknown>);
    // What has been sold stays as it is; another one is made, and this one retired.
    await refused('INVALID_STATE', 'Make another one, and retire this one', () =>
      admin.ask('updateProduct', { productId: made.id, capacityBytes: '2' }),
    );
    await admin.does('retireProduct', { productId: made.id });
  },

  async INVALID_INPUT() {
    // An end customer pays what its reseller pays.
    const list = { priceListId: demoId('pl', 'reseller') };
    await refused('INVALID_INPUT', 'Assign the list to the reseller', () =>
      admin.ask('assignPriceList', { accountId: ALPINE, ...list }),
    );
    await admin.does('assignPriceList', { accountId: SKYLINE, ...list });
  },

  async CHANGE_ALREADY_REQUESTED() {
    const subscriptionId = await who.manager.liveSubscription(ALPINE);
    const wanted = { subscriptionId, productId: product('IC-BASE-5TB'), timing: 'END_OF_PERIOD' };
    const { subscriptionChange } = (await passes(() => who.manager.change(wanted))) as any;
    const again = () => who.manager.change(wanted);
    await refused('CHANGE_ALREADY_REQUESTED', 'Withdraw it first', again);
    await passes(() => who.manager.withdrawChange({ changeId: subscriptionChange.id }));
    await passes(again);
  },

  NOTHING_TO_CHANGE: 'names nothing to do',
  SUBSCRIPTION_SUSPENDED: 'names what staff does; test/http/suspension.test.ts',
  RECIPIENT_NOT_ALLOWED: 'names nothing to do',
  NOT_FOUND: 'names nothing to do',
  ALREADY_EXISTS: 'names nothing to do',
  EMAIL_UNAVAILABLE: 'names nothing to do',
  REFERENCE_TAKEN: 'names nothing to do',
  ADDON_UNAVAILABLE: 'names nothing to do',
  QUANTITY_LIMIT: 'names the bounds as data',
  TOO_MANY_ATTEMPTS: 'names nothing but time',
  PROVIDER_UNAVAILABLE: 'names nothing but time',
  MAIL_NOT_CONFIGURED: 'names what its operator does; test/http/mail-not-configured.test.ts',
  TOKEN_INVALID: 'names another link; test/http/invitations.test.ts',
  IDEMPOTENCY_IN_PROGRESS: 'names nothing but time',
};

const refusal = (code: number) => ({
  // biome-ignore lint/suspicious/noThenProperty: the simulator's word; never awaited.
  then: 'refuse',
  code,
});

test('every error code has a remedy to try, or a reason why it has none', () => {
  expect(Object.keys(remedies).sort()).toEqual(Object.keys(userErrors).sort());
});

const tried = Object.entries(remedies).filter(([, remedy]) => typeof remedy === 'function');

test.each(tried as [string, () => Promise<unknown>][])('following the message of %s succeeds', (_, remedy) =>
  remedy(),
);

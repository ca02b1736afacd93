import { accountId, userId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { type Administrator, administrator } from '../support/administrator';
import { type Person, people, person } from '../support/back-office';
import { product } from '../support/catalog';
import { BILLING, SKYLINE, STORAGE } from '../support/demo';
import { codes, codesWithPaths } from '../support/errors';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { newKey } from '../support/shop';
import { signIn } from '../support/sign-in';
import { connect } from '../support/sockets';
import { numbered } from '../support/streams';
import { writingNothing } from '../support/tables';

let gateway: TestGateway;
let admin: Administrator;
let who: ReturnType<typeof people>;
beforeAll(async () => {
  gateway = await startTestGateway();
  admin = administrator(gateway);
  who = people(gateway);
});
afterAll(() => gateway.stop());
afterEach(() => gateway.reset());

let made = 0;
const fresh = (more: object = {}) => {
  made += 1;
  return {
    kind: 'CUSTOMER',
    name: `New ${made}`,
    email: `New-${made}@New.example`,
    billing: BILLING,
    ...more,
  };
};
const create = (more: object = {}) => admin.ask('createAccount', fresh(more));
const PASSWORD = 'a good long password';

/** A user of an account who can sign in. */
async function userOf(account: { id: string; kind: string }): Promise<string> {
  const email = `user-of-${account.id.slice(-8)}@new.example`;
  const roles = [account.kind === 'RESELLER' ? 'RESELLER' : 'CUSTOMER'];
  await admin.does('createUser', { name: 'New', email, roles, accountId: account.id, password: PASSWORD });
  return email;
}
const entersAs = (email: string) => signIn(gateway, email, PASSWORD);

test('a new reseller orders for its new end customer and affiliate, at its own prices', async () => {
  const { account: reseller } = await admin.does(
    'createAccount',
    fresh({
      kind: 'RESELLER',
      accountManagerId: userId('manager@bss.example'),
      priceListId: demoId('pl', 'reseller'),
    }),
  );
  expect(reseller).toMatchObject({
    version: 1,
    kind: 'RESELLER',
    email: `new-${made}@new.example`,
    active: true,
    reseller: null,
    accountManager: { email: 'manager@bss.example' },
    priceList: { code: 'reseller' },
  });
  const end = (await admin.does('createAccount', fresh({ resellerId: reseller.id }))).account;
  const affiliate = (await admin.does('createAccount', fresh({ kind: 'AFFILIATE', resellerId: reseller.id })))
    .account;
  expect([end.reseller, affiliate.reseller]).toEqual([{ name: reseller.name }, { name: reseller.name }]);
  const email = await userOf(reseller);
  const { token } = await entersAs(email);
  const send = async (query: string, variables: object = {}) =>
    (await gateway.send(token, query, variables)).data;
  const { basket } = await send('{ basket { recipients { nodes { id } } } }');
  expect(basket.recipients.nodes.map(({ id }: any) => id)).toEqual([end.id, affiliate.id]);
  const { addToBasket } = await send(
    'mutation ($input: AddToBasketInput!) { addToBasket(input: $input) { basket { total { amount } } } }',
    { input: STORAGE },
  );
  expect(addToBasket.basket.total.amount).toBe('6.40');
  // The account manager of the reseller looks after its customers too.
  const order = await who.manager.provisioned(end.id, STORAGE);
  expect([order.state, order.total.amount]).toEqual(['COMPLETED', '6.40']);
});

test('a new direct customer orders for itself', async () => {
  const { account } = await create();
  const email = await userOf(account);
  const { token } = await entersAs(email);
  const call = async (field: string, type: string, input: object, selection: string) => {
    const document = `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} errors { code } } }`;
    return (await gateway.send(token, document, { input })).data[field];
  };
  await call('addToBasket', 'AddToBasketInput', STORAGE, 'basket { id }');
  const { basket } = await call('confirmBilling', 'ConfirmBillingInput', {}, 'basket { id }');
  const input = { basketId: basket.id, idempotencyKey: newKey() };
  const { order } = await call(
    'checkout',
    'CheckoutInput',
    input,
    'order { total { amount } billing { company } }',
  );
  expect(order).toEqual({ total: { amount: '8.00' }, billing: { company: 'New' } });
});

test.each([
  ['a reseller of a reseller', { kind: 'RESELLER', resellerId: SKYLINE }, 'INVALID_INPUT', 'resellerId'],
  ['an affiliate of nobody', { kind: 'AFFILIATE' }, 'INVALID_INPUT', 'resellerId'],
  ['a customer of a customer', { resellerId: accountId('Contoso') }, 'INVALID_INPUT', 'resellerId'],
  ['a customer of what never was', { resellerId: 'acc_none' }, 'NOT_FOUND', 'resellerId'],
  [
    'an end customer with prices',
    { resellerId: SKYLINE, priceListId: demoId('pl', 'reseller') },
    'INVALID_INPUT',
    'priceListId',
  ],
  ['prices that never were', { priceListId: 'pl_none' }, 'NOT_FOUND', 'priceListId'],
  [
    'in the care of a buyer',
    { accountManagerId: userId('buyer@contoso.example') },
    'INVALID_INPUT',
    'accountManagerId',
  ],
  ['in the care of who never was', { accountManagerId: 'usr_none' }, 'NOT_FOUND', 'accountManagerId'],
  ['an e-mail in use, in whatever case', { email: 'IT@Contoso.example' }, 'EMAIL_UNAVAILABLE', 'email'],
  ['no e-mail', { email: 'nobody' }, 'INVALID_INPUT', 'email'],
  ['no name', { name: ' ' }, 'INVALID_INPUT', 'name'],
  ['no country', { billing: { ...BILLING, country: 'XX' } }, 'INVALID_INPUT', 'billing.country'],
])('creating an account fails for %s', async (_, more, code, path) => {
  const payload = await writingNothing(gateway, () => create(more));
  expect([payload.account, codesWithPaths(payload)]).toEqual([null, [`${code} ${path}`]]);
});

test('account details change with a version; placed orders keep the earlier details', async () => {
  const { account } = await create();
  const order = await person(gateway, 'manager@bss.example').place({
    recipientId: account.id,
    lines: [STORAGE],
  });
  expect(codes(order)).toEqual(['NOT_FOUND']);
  const { account: managed } = await admin.does('assignAccountManager', {
    accountId: account.id,
    accountManagerId: userId('manager@bss.example'),
    expectedVersion: 1,
  });
  expect([managed.version, managed.accountManager]).toEqual([2, { email: 'manager@bss.example' }]);
  const placed = await who.manager.placed(account.id, STORAGE);
  const changed = await admin.does('updateAccount', {
    accountId: account.id,
    name: 'Renamed',
    email: 'renamed@new.example',
    billing: { ...BILLING, company: 'Renamed' },
    expectedVersion: 2,
  });
  expect(changed.account).toMatchObject({
    version: 3,
    name: 'Renamed',
    email: 'renamed@new.example',
    billing: { company: 'Renamed' },
  });
  expect((await who.manager.seeOrder(placed.id)).billing).toEqual({ company: 'New' });
  await writingNothing(gateway, async () => {
    const stale = await admin.ask('updateAccount', {
      accountId: account.id,
      name: 'Again',
      expectedVersion: 2,
    });
    expect(stale.errors).toMatchObject([{ code: 'VERSION_CONFLICT', currentVersion: 3 }]);
    const taken = await admin.ask('updateAccount', { accountId: account.id, email: 'it@contoso.example' });
    expect(taken.errors).toMatchObject([{ code: 'EMAIL_UNAVAILABLE', path: ['email'] }]);
    const absent = await admin.ask('updateAccount', { accountId: 'acc_none', name: 'Again' });
    expect(absent.errors).toMatchObject([{ code: 'NOT_FOUND', path: ['accountId'] }]);
  });
  // Nobody looks after it any more: the account manager sees it as little as what never was.
  await admin.does('assignAccountManager', { accountId: account.id, accountManagerId: null });
  expect(await who.manager.seeOrder(placed.id)).toBeNull();
});

test('an e-mail address that a provider has cannot change', async () => {
  await who.manager.provisioned(accountId('Contoso'), STORAGE);
  const { errors } = await writingNothing(gateway, () =>
    admin.ask('updateAccount', { accountId: accountId('Contoso'), email: 'other@contoso.example' }),
  );
  expect(errors).toMatchObject([{ code: 'INVALID_STATE', path: ['email'] }]);
});

test('a deactivated account rejects sign-ins and orders; its subscriptions continue and can be cancelled', async () => {
  const { account } = await create({ accountManagerId: userId('manager@bss.example') });
  const email = await userOf(account);
  const subscriptionId = await who.manager.liveSubscription(account.id);
  const open = await who.manager.placed(account.id, { productId: product('CB-SERVER') });
  const { token } = await entersAs(email);
  const stream = await connect(gateway.url, token);
  stream.send({
    type: 'subscribe',
    id: '1',
    payload: { query: 'subscription { cancellationUpdates { __typename } }' },
  });

  const { account: shut } = await admin.does('deactivateAccount', {
    accountId: account.id,
    expectedVersion: 1,
  });
  expect([shut.active, shut.version]).toEqual([false, 2]);
  expect((await stream.closed).code).toBe(4403);
  expect((await gateway.send(token, '{ viewer { id } }')).status).toBe(401);
  expect(await entersAs(email)).toMatchObject({ token: null, errors: [{ code: 'WRONG_CREDENTIALS' }] });
  await writingNothing(gateway, async () => {
    const more = await who.manager.place({
      recipientId: account.id,
      lines: [{ productId: product('CB-SERVER') }],
    });
    expect(more.errors).toMatchObject([{ code: 'RECIPIENT_NOT_ALLOWED', path: ['recipientId'] }]);
    expect(codes(await who.manager.execute({ orderId: open.id }))).toEqual(['RECIPIENT_NOT_ALLOWED']);
    // Twice is as once.
    await admin.does('deactivateAccount', { accountId: account.id });
  });
  const listed = (active: boolean) =>
    admin.reads(
      'query ($search: String, $active: Boolean) { accounts(filter: { search: $search, active: $active }) { totalCount } }',
      {
        search: account.email,
        active,
      },
    );
  expect([(await listed(true)).accounts.totalCount, (await listed(false)).accounts.totalCount]).toEqual([
    0, 1,
  ]);

  expect((await who.manager.seeSubscription(subscriptionId)).state).toBe('ACTIVE');
  const request = await who.manager.requested(subscriptionId);
  await who.manager.decide({ requestId: request.id, decision: 'ACCEPT' });
  await gateway.settled();
  expect((await who.manager.seeSubscription(subscriptionId)).state).toBe('CANCELLED');

  await admin.does('activateAccount', { accountId: account.id });
  // What ended stays ended; a new sign-in is let in.
  expect((await gateway.send(token, '{ viewer { id } }')).status).toBe(401);
  expect((await entersAs(email)).errors).toEqual([]);
  expect(codes(await who.manager.execute({ orderId: open.id }))).toEqual([]);
  await gateway.settled();
});

test('deactivating a reseller rejects orders for its end customers and revokes its API keys', async () => {
  const { account: reseller } = await create({
    kind: 'RESELLER',
    accountManagerId: userId('manager@bss.example'),
  });
  const { account: end } = await create({ resellerId: reseller.id });
  const open = await who.manager.placed(end.id, STORAGE);
  const key = await person(gateway, 'admin@bss.example').call(
    'createApiKey',
    'CreateApiKeyInput',
    { name: 'Portal', scopes: ['READ'], accountId: reseller.id },
    'secret',
  );
  expect((await gateway.send(key.secret, '{ viewer { id } }')).status).toBe(200);
  await admin.does('deactivateAccount', { accountId: reseller.id });
  expect((await gateway.send(key.secret, '{ viewer { id } }')).status).toBe(401);
  await writingNothing(gateway, async () => {
    expect(codes(await who.manager.place({ recipientId: end.id, lines: [STORAGE] }))).toEqual([
      'RECIPIENT_NOT_ALLOWED',
    ]);
    expect(codes(await who.manager.execute({ orderId: open.id }))).toEqual(['RECIPIENT_NOT_ALLOWED']);
  });
  const { availableActions } = await who.manager.seeOrder(open.id);
  expect(availableActions).toMatchObject([
    { action: 'EXECUTE', allowed: false, blockedBy: { code: 'RECIPIENT_NOT_ALLOWED' } },
    { action: 'CANCEL', allowed: true },
    { action: 'RETRY', allowed: false },
    { action: 'ABANDON', allowed: false },
  ]);
});

test('a deactivated recipient blocks the basket, and is no longer listed', async () => {
  const { account } = await create({ resellerId: SKYLINE });
  await who.reseller.add(STORAGE);
  await who.reseller.choose({ accountId: account.id });
  const { basket } = await who.reseller.confirm();
  await admin.does('deactivateAccount', { accountId: account.id });
  const refused = await writingNothing(gateway, () =>
    who.reseller.checkout({ basketId: basket.id, idempotencyKey: newKey() }),
  );
  expect(codes(refused)).toEqual(['RECIPIENT_NOT_ALLOWED']);
  expect((await who.reseller.basket()).step).toBe('RECIPIENT');
  expect(codes(await who.reseller.choose({ accountId: account.id }))).toEqual(['RECIPIENT_NOT_ALLOWED']);
  const { data } = await who.reseller.send(
    'query ($search: String) { basket { recipients(search: $search) { nodes { id } } } }',
    {
      search: account.email,
    },
  );
  expect(data.basket.recipients.nodes).toEqual([]);
});

test('the audit trail of the account names the administrator', async () => {
  const { account } = await create();
  await admin.does('deactivateAccount', { accountId: account.id });
  await numbered(gateway);
  const { auditTrail } = await admin.reads(
    'query ($id: ID!) { auditTrail(filter: { accountId: $id }) { nodes { type message by { email } } } }',
    { id: account.id },
  );
  const by = { email: 'admin@bss.example' };
  expect(auditTrail.nodes).toEqual([
    { type: 'account.changed', message: `${account.name} was deactivated.`, by },
    { type: 'account.created', message: `The account ${account.name} was made.`, by },
  ]);
});

test('the price list of an account is null except for administrators', async () => {
  const query = '{ viewer { account { active priceList { code } } } }';
  for (const somebody of [who.buyer, who.reseller] as Person[]) {
    expect((await somebody.send(query)).data.viewer.account).toEqual({ active: true, priceList: null });
  }
});

import { accountId, userId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { type Administrator, administrator } from '../support/administrator';
import { people } from '../support/back-office';
import { ALPINE, BILLING, CONTOSO, MANAGER, RESELLER, SKYLINE, STORAGE } from '../support/demo';
import { codesWithPaths } from '../support/errors';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { ledger } from '../support/provider/of-gateway';
import { newKey } from '../support/shop';
import { counts, writingNothing } from '../support/tables';

jest.setTimeout(60_000);

const HARBOR = accountId('Harbor Cloud');

let gateway: TestGateway;
let who: ReturnType<typeof people>;
let admin: Administrator;
let reseller: Administrator;
let manager: Administrator;
beforeAll(async () => {
  gateway = await startTestGateway();
  who = people(gateway);
  admin = administrator(gateway);
  reseller = administrator(gateway, RESELLER);
  manager = administrator(gateway, MANAGER);
});
afterAll(() => gateway.stop());
beforeEach(async () => {
  await gateway.reset();
  await gateway.rows('DELETE FROM guess_counts');
});

let nth = 0;
const fresh = (more: object = {}) => ({
  kind: 'CUSTOMER',
  name: 'New',
  email: `own-${++nth}@new.example`,
  billing: BILLING,
  ...more,
});

test('a reseller creates a customer under itself, changes it, and orders for it', async () => {
  const { account } = await reseller.does('createAccount', fresh());
  expect(account).toMatchObject({ kind: 'CUSTOMER', reseller: { name: 'Skyline IT' }, priceList: null });
  const affiliate = fresh({ kind: 'AFFILIATE', email: 'affiliate@new.example', resellerId: SKYLINE });
  expect((await reseller.does('createAccount', affiliate)).account.kind).toBe('AFFILIATE');
  const changed = await reseller.does('updateAccount', {
    accountId: account.id,
    email: 'renamed@new.example',
  });
  expect([changed.account.email, changed.account.version]).toEqual(['renamed@new.example', 2]);
  const { order } = await who.reseller.order(STORAGE, account.id);
  expect(order.recipient.id).toBe(account.id);
  await gateway.settled();
  // The provider knows it by now.
  const { errors } = await writingNothing(gateway, () =>
    reseller.ask('updateAccount', { accountId: account.id, email: 'late@new.example' }),
  );
  expect(errors).toMatchObject([{ code: 'INVALID_STATE', path: ['email'] }]);
});

test('an account manager creates customers of resellers in its care, and direct customers that it manages', async () => {
  const { account: end } = await manager.does('createAccount', fresh({ resellerId: SKYLINE }));
  expect(end).toMatchObject({ reseller: { name: 'Skyline IT' }, accountManager: null });
  const { account: direct } = await manager.does('createAccount', fresh({ email: 'direct@new.example' }));
  expect(direct).toMatchObject({ reseller: null, accountManager: { email: MANAGER } });
  for (const accountId of [end.id, direct.id]) {
    const { account } = await manager.does('updateAccount', { accountId, name: 'Renamed' });
    expect(account.name).toBe('Renamed');
  }
});

const priceListId = demoId('pl', 'reseller');
const accountManagerId = userId(MANAGER);
test.each<[string, () => Administrator, object, string[]]>([
  ['a reseller: a reseller', () => reseller, { kind: 'RESELLER', resellerId: null }, ['FORBIDDEN kind']],
  ['a reseller: under another', () => reseller, { resellerId: HARBOR }, ['NOT_FOUND resellerId']],
  ['a reseller: under nobody', () => reseller, { resellerId: 'acc_none' }, ['NOT_FOUND resellerId']],
  ['a reseller: under its customer', () => reseller, { resellerId: ALPINE }, ['INVALID_INPUT resellerId']],
  [
    'a reseller: with prices and a manager',
    () => reseller,
    { priceListId, accountManagerId },
    ['FORBIDDEN priceListId', 'FORBIDDEN accountManagerId'],
  ],
  ['a manager: a reseller', () => manager, { kind: 'RESELLER' }, ['FORBIDDEN kind']],
  ['a manager: under a stranger', () => manager, { resellerId: HARBOR }, ['NOT_FOUND resellerId']],
  ['a manager: with prices', () => manager, { priceListId }, ['FORBIDDEN priceListId']],
  [
    'a manager: for a colleague',
    () => manager,
    { accountManagerId: userId('manager2@bss.example') },
    ['FORBIDDEN accountManagerId'],
  ],
])('createAccount refuses %s', async (_, somebody, more, refused) => {
  const answer = await writingNothing(gateway, () => somebody().ask('createAccount', fresh(more)));
  expect([answer.account, codesWithPaths(answer)]).toEqual([null, refused]);
});

test('a reseller changes neither its own account nor the customers of others', async () => {
  for (const [accountId, refused] of [
    [SKYLINE, 'FORBIDDEN accountId'],
    [CONTOSO, 'NOT_FOUND accountId'],
  ]) {
    const answer = await writingNothing(gateway, () =>
      reseller.ask('updateAccount', { accountId, name: 'x' }),
    );
    expect(codesWithPaths(answer)).toEqual([refused]);
  }
});

test('an e-mail address in use is answered in the same words, whoever has it', async () => {
  const { account } = await reseller.does('createAccount', fresh());
  const emails = await gateway.rows('SELECT email FROM accounts WHERE id IN (?, ?, ?)', [
    ALPINE,
    CONTOSO,
    HARBOR,
  ]);
  const errors: object[] = [];
  await writingNothing(gateway, async () => {
    for (const { email } of emails) {
      errors.push((await reseller.ask('createAccount', fresh({ email }))).errors);
      errors.push((await reseller.ask('updateAccount', { accountId: account.id, email })).errors);
      errors.push((await admin.ask('createAccount', fresh({ email }))).errors);
    }
  });
  expect(errors).toHaveLength(9);
  const message = 'This e-mail address cannot be used. Choose another.';
  for (const error of errors)
    expect(error).toMatchObject([{ code: 'EMAIL_UNAVAILABLE', message, path: ['email'] }]);
});

test('30 unavailable addresses lock createAccount and updateAccount for the user, and for nobody else', async () => {
  const email = 'it@contoso.example';
  expect(codesWithPaths(await reseller.ask('createAccount', fresh({ email })))).toEqual([
    'EMAIL_UNAVAILABLE email',
  ]);
  await gateway.rows('UPDATE guess_counts SET guesses = 30 WHERE guesses = 1');
  await writingNothing(gateway, async () => {
    const codes = [
      await reseller.ask('createAccount', fresh({ email })),
      await reseller.ask('createAccount', fresh()),
      await reseller.ask('updateAccount', { accountId: ALPINE, email }),
    ].map(({ errors }) => errors[0].code);
    expect(codes).toEqual(Array(3).fill('TOO_MANY_ATTEMPTS'));
  });
  await admin.does('createAccount', fresh());
});

test('accounts that are created are no guesses', async () => {
  for (let times = 0; times < 31; times += 1) await reseller.does('createAccount', fresh());
});

test('of 20 simultaneous calls with one e-mail address, one creates the account', async () => {
  const { accounts } = await counts(gateway, 'accounts');
  const input = fresh();
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => (index % 2 ? reseller : manager).ask('createAccount', input)),
  );
  const codes = answers.map(({ errors }) => errors[0]?.code ?? 'done').sort();
  expect(codes).toEqual([...Array(19).fill('EMAIL_UNAVAILABLE'), 'done']);
  expect(await counts(gateway, 'accounts')).toEqual({ accounts: accounts + 1 });
});

describe('fields that a provider needs', () => {
  const COUNTRY = 'billing.country';
  const lacks = (id: string, field: string) =>
    field === 'name'
      ? gateway.rows(`UPDATE accounts SET name = ' ' WHERE id = ?`, [id])
      : gateway.rows(`UPDATE accounts SET billing = JSON_SET(billing, ?, '') WHERE id = ?`, [
          `$.${field.slice('billing.'.length)}`,
          id,
        ]);

  let before: Record<string, any>[];
  beforeAll(async () => {
    before = await gateway.rows('SELECT id, name, billing FROM accounts');
  });
  afterEach(async () => {
    for (const { id, name, billing } of before)
      await gateway.rows('UPDATE accounts SET name = ?, billing = ? WHERE id = ?', [
        name,
        typeof billing === 'string' ? billing : JSON.stringify(billing),
        id,
      ]);
  });

  test.each(['name', 'billing.addressLine1', COUNTRY, 'billing.city', 'billing.postalCode'])(
    'an order for an account without %s is refused before the provider is called, and the field is named',
    async field => {
      await lacks(ALPINE, field);
      await who.reseller.add(STORAGE);
      await who.reseller.choose({ accountId: ALPINE });
      const { basket } = await who.reseller.confirm();
      const calls = await ledger(gateway);
      const { errors } = await writingNothing(gateway, () =>
        who.reseller.checkout({ basketId: basket.id, idempotencyKey: newKey() }),
      );
      expect(errors).toMatchObject([
        {
          code: 'PROVIDER_REJECTED',
          path: ['recipientId'],
          message: expect.stringContaining(`\`${field}\``),
        },
      ]);
      expect(await ledger(gateway)).toEqual(calls);
    },
  );

  test('the account of the reseller is checked too, for orders of the back office', async () => {
    await lacks(SKYLINE, COUNTRY);
    const input = { recipientId: ALPINE, lines: [STORAGE] };
    const { errors } = await writingNothing(gateway, () => who.manager.place(input));
    expect(errors).toMatchObject([
      {
        code: 'PROVIDER_REJECTED',
        path: ['recipientId'],
        message: expect.stringMatching(/`billing.country` of Skyline IT/),
      },
    ]);
  });
});

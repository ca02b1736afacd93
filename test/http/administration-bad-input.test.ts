import { accountId, userId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { type AdminMutation, adminDocument, administrator } from '../support/administrator';
import { addon, product, service } from '../support/catalog';
import { BILLING } from '../support/demo';
import { codesWithPaths } from '../support/errors';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { writingNothing } from '../support/tables';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

const HUGE = 'x'.repeat(100_000);
const STORAGE = product('IC-BASE-1TB');
const MORE = addon('IC-ADD-1TB');
const CATEGORY = demoId('cat', 'impossible-cloud');
/** What would be accepted: every bad input differs from it in one thing. */
const good: Partial<Record<AdminMutation, object>> = {
  createCategory: { slug: 'new', name: 'New' },
  updateCategory: { categoryId: CATEGORY, name: 'New' },
  createProduct: {
    serviceId: service('cloud-backup'),
    categoryId: CATEGORY,
    sku: 'NEW',
    slug: 'new',
    name: 'New',
    capacityBytes: '1',
  },
  updateProduct: { productId: STORAGE, name: 'New' },
  setProductAddons: { productId: STORAGE, addonIds: [MORE] },
  publishProduct: { productId: STORAGE },
  retireProduct: { productId: STORAGE },
  createAddon: { sku: 'NEW', name: 'New', incrementBytes: '1' },
  updateAddon: { addonId: MORE, name: 'New' },
  publishAddon: { addonId: MORE },
  retireAddon: { addonId: MORE },
  createPriceList: { code: 'new', currency: 'EUR' },
  createAccount: { kind: 'CUSTOMER', name: 'New', email: 'new@new.example', billing: BILLING },
  updateAccount: { accountId: accountId('Contoso'), name: 'New' },
  assignAccountManager: { accountId: accountId('Contoso'), accountManagerId: userId('manager@bss.example') },
  assignPriceList: { accountId: accountId('Contoso') },
  deactivateAccount: { accountId: accountId('Contoso') },
  activateAccount: { accountId: accountId('Contoso') },
  createUser: {
    name: 'New',
    email: 'new@new.example',
    roles: ['ACCOUNT_MANAGER'],
    password: 'long enough for that',
  },
  updateUser: { userId: userId('buyer@contoso.example'), name: 'New' },
  deactivateUser: { userId: userId('buyer@contoso.example') },
  activateUser: { userId: userId('buyer@contoso.example') },
  resetUserPassword: { userId: userId('buyer@contoso.example') },
};

/** What is wrong, where the refusal points, its code. */
type Case = [bad: object, path: string, code?: string];

const texts = (field: string, most: number): Case[] =>
  ['', ' \t ', 'x'.repeat(most + 1), HUGE, 'a\u0000b', 'a\u202eb', 'a\ud83db'].map(text => [
    { [field]: text },
    field,
  ]);
const slugs = (field: string): Case[] =>
  ['Big', 'a b', '-a', 'a--b', 'ä', '../a', 'a'.repeat(101)].map(text => [{ [field]: text }, field]);
const skus: Case[] = ['', 'a b', '-a', "'; --", 'ä', 'a'.repeat(65)].map(sku => [{ sku }, 'sku']);
const sizes = (field: string): Case[] =>
  ['-1', '9007199254740992', '9999999999999999999'].map(bytes => [{ [field]: bytes }, field]);
const attributes: Case[] = [
  [{ providerAttributes: [{ name: '', value: 'x' }] }, 'providerAttributes.0.name'],
  [{ providerAttributes: [{ name: 'a', value: 'x'.repeat(256) }] }, 'providerAttributes.0.value'],
  [
    {
      providerAttributes: [
        { name: 'a', value: '1' },
        { name: 'a', value: '2' },
      ],
    },
    'providerAttributes',
  ],
  [
    { providerAttributes: Array.from({ length: 51 }, (_, n) => ({ name: `a${n}`, value: 'x' })) },
    'providerAttributes',
  ],
];
const positions: Case[] = [-1, 1_000_001].map(position => [{ position }, 'position']);
const stale: Case = [{ expectedVersion: 99 }, 'expectedVersion', 'VERSION_CONFLICT'];
const unknown = (field: string): Case[] =>
  ['nothing', "' OR 1=1 -- ", '💥\u0000', HUGE, ''].map(id => [{ [field]: id }, field, 'NOT_FOUND']);
const emails: Case[] = ['', 'somebody', 'a@b.example,c@d.example', `${HUGE}@x.example`].map(email => [
  { email },
  'email',
]);

const refused: Partial<Record<AdminMutation, Case[]>> = {
  createCategory: [...slugs('slug'), ...texts('name', 255), ...texts('description', 2000), ...positions],
  updateCategory: [...unknown('categoryId'), ...slugs('slug'), ...texts('name', 255), ...positions, stale],
  createProduct: [
    ...skus,
    ...slugs('slug'),
    ...texts('name', 255),
    ...sizes('capacityBytes'),
    ...attributes,
    ...positions,
    ...unknown('serviceId'),
    ...unknown('categoryId'),
  ],
  updateProduct: [
    ...unknown('productId'),
    ...texts('name', 255),
    ...sizes('capacityBytes'),
    ...attributes,
    stale,
  ],
  setProductAddons: [
    ...unknown('productId'),
    [{ addonIds: [MORE, MORE] }, 'addonIds.1'],
    [{ addonIds: [MORE, 'nothing'] }, 'addonIds.1', 'NOT_FOUND'],
    stale,
  ],
  publishProduct: [...unknown('productId'), stale],
  retireProduct: [...unknown('productId'), stale],
  createAddon: [
    ...skus,
    ...texts('name', 255),
    ...sizes('incrementBytes'),
    ...attributes,
    [{ minQuantity: 0 }, 'minQuantity'],
    [{ maxQuantity: 0 }, 'maxQuantity'],
    [{ minQuantity: 2, maxQuantity: 1 }, 'maxQuantity'],
  ],
  updateAddon: [
    ...unknown('addonId'),
    ...texts('name', 255),
    ...attributes,
    [{ minQuantity: -1 }, 'minQuantity'],
    stale,
  ],
  publishAddon: [...unknown('addonId'), stale],
  retireAddon: [...unknown('addonId'), stale],
  createPriceList: [...['', 'A', 'a b', 'a'.repeat(41)].map((code): Case => [{ code }, 'code'])],
  createAccount: [...texts('name', 200), ...emails, [{ billing: { ...BILLING, city: '' } }, 'billing.city']],
  updateAccount: [...unknown('accountId'), ...texts('name', 200), ...emails, stale],
  assignAccountManager: [...unknown('accountId'), ...unknown('accountManagerId'), stale],
  assignPriceList: [...unknown('accountId'), ...unknown('priceListId'), stale],
  deactivateAccount: [...unknown('accountId'), stale],
  activateAccount: [...unknown('accountId'), stale],
  createUser: [
    ...texts('name', 100),
    ...emails,
    [{ password: 'x'.repeat(11) }, 'password'],
    [{ password: HUGE }, 'password'],
  ],
  updateUser: [...unknown('userId'), ...texts('name', 100), ...emails, stale],
  deactivateUser: [...unknown('userId'), stale],
  activateUser: [...unknown('userId'), stale],
  resetUserPassword: [...unknown('userId'), stale],
};

test.each(Object.keys(refused) as AdminMutation[])(
  '%s rejects every invalid input with the path of its field, and writes nothing',
  async mutation => {
    const admin = administrator(gateway);
    for (const [bad, path, code = 'INVALID_INPUT'] of refused[mutation] ?? []) {
      const payload = await writingNothing(gateway, () => admin.ask(mutation, { ...good[mutation], ...bad }));
      const what = JSON.stringify(bad).slice(0, 100);
      expect([what, codesWithPaths(payload)]).toEqual([what, [`${code} ${path}`]]);
      expect(payload.errors[0].message).toMatch(/^[A-Z].*\.$/s);
      expect(payload.errors[0].message.length).toBeLessThan(200);
    }
  },
  60_000,
);

test.each([
  ['createProduct', { capacityBytes: '1.5' }],
  ['createProduct', { capacityBytes: null }],
  ['createProduct', { serviceId: undefined }],
  ['createAddon', { minQuantity: 2 ** 31 }],
  ['createPriceList', { currency: 'eur' }],
  ['createAccount', { kind: 'DISTRIBUTOR' }],
  ['createAccount', { billing: null }],
  ['createUser', { roles: ['ROOT'] }],
  ['createUser', { roles: null }],
  ['setProductAddons', { addonIds: [null] }],
] as [AdminMutation, object][])('%s rejects %j', async (mutation, bad) => {
  const token = await gateway.token('admin@bss.example');
  const input = { ...good[mutation], ...bad };
  const answer = await writingNothing(gateway, () => gateway.send(token, adminDocument(mutation), { input }));
  expect([answer.status, answer.errors?.map(({ extensions }) => extensions.code)]).toEqual([
    400,
    ['BAD_USER_INPUT'],
  ]);
});

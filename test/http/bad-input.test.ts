import { accountId } from '../../dev/demo-data';
import { type Person, people } from '../support/back-office';
import { addon, product } from '../support/catalog';
import { ALPINE, STORAGE } from '../support/demo';
import { codesWithPaths } from '../support/errors';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { ERRORS } from '../support/shop';
import { writingNothing } from '../support/tables';

let gateway: TestGateway;
let reseller: Person;
/** What exists, is the caller's and would be accepted: every bad input differs from a good one in one thing. */
let mine: { basket: string; line: string; subscription: string; order: string };
/** What is another tenant's. */
let theirs: typeof mine;

beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.reset();
  const { buyer, manager, reseller: first } = people(gateway);
  reseller = first;
  mine = await possessions(reseller, await manager.provisioned(ALPINE, STORAGE));
  theirs = await possessions(buyer, await manager.provisioned(accountId('Contoso'), STORAGE));
});
afterAll(() => gateway.stop());

const oneMore = { addonId: addon('IC-ADD-1TB'), quantity: 1 };

async function possessions(who: Person, order: any) {
  const { basket } = await who.add({ productId: product('CB-SERVER') });
  if (who === reseller) await who.choose({ accountId: ALPINE });
  await who.confirm();
  return {
    basket: basket.id,
    line: basket.lines[0].id,
    subscription: order.lines[0].subscription.id,
    order: order.id,
  };
}

const HUGE = 'x'.repeat(100_000);
const LONG = 'x'.repeat(256);
const UNKNOWN = '01kdvdna00zzzzzzzzzzzzzzzz';
const TOO_BIG = 2 ** 31;

const good = {
  addToBasket: () => ({ productId: product('CB-WORKSTATION') }),
  updateBasketLine: () => ({ lineId: mine.line }),
  removeBasketLine: () => ({ lineId: mine.line }),
  chooseRecipient: () => ({ accountId: ALPINE }),
  confirmBilling: () => ({ billing: BILLING }),
  checkout: () => ({ basketId: mine.basket, idempotencyKey: 'never used' }),
  requestCancellation: () => ({ subscriptionId: mine.subscription, idempotencyKey: 'never used' }),
  withdrawCancellation: () => ({ requestId: `can_${UNKNOWN}` }),
  renameSubscription: () => ({ subscriptionId: mine.subscription, friendlyName: 'New' }),
};
type Mutation = keyof typeof good;

const BILLING = {
  company: 'Skyline IT',
  email: 'billing@skyline.example',
  addressLine1: 'Ring 1',
  city: 'Köln',
  postalCode: '50667',
  country: 'DE',
};

const typeOf = (mutation: string) => `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;

/** Sends it as the reseller, over plain HTTP. */
async function send(mutation: Mutation, input: unknown) {
  const query = `mutation ($input: ${typeOf(mutation)}!) { ${mutation}(input: $input) { __typename ${ERRORS} } }`;
  return gateway.send(await gateway.token('sales@skyline.example'), query, { input });
}

/** What is wrong, as a function of what there is; where the refusal points; its code. */
type Case = [what: string, bad: () => object, path: string, code?: string];

/** The shapes that an id can have without being one. */
const ids = (field: string, prefix: string, foreign: () => string): Case[] => [
  ['an id that never was', () => ({ [field]: `${prefix}_${UNKNOWN}` }), field, 'NOT_FOUND'],
  ["another tenant's id", () => ({ [field]: foreign() }), field, 'NOT_FOUND'],
  [
    'an id of another kind',
    () => ({ [field]: product('IC-BASE-1TB').replace('prod', 'svc') }),
    field,
    'NOT_FOUND',
  ],
  ['an id that is no word', () => ({ [field]: "' OR 1=1 -- " }), field, 'NOT_FOUND'],
  ['an id with a letter of no alphabet', () => ({ [field]: `${prefix}_💥ÿ\u0000` }), field, 'NOT_FOUND'],
  ['an id of 100 kB', () => ({ [field]: HUGE }), field, 'NOT_FOUND'],
];

const keys: Case[] = [
  ['an empty key', () => ({ idempotencyKey: '' }), 'idempotencyKey'],
  ['a key of blanks', () => ({ idempotencyKey: ' \t ' }), 'idempotencyKey'],
  ['a key of 256 characters', () => ({ idempotencyKey: LONG }), 'idempotencyKey'],
  ['a key of 100 kB', () => ({ idempotencyKey: HUGE }), 'idempotencyKey'],
  ['a key with a control character', () => ({ idempotencyKey: 'a\u0000b' }), 'idempotencyKey'],
];

const names: Case[] = [
  ['an empty name', () => ({ friendlyName: '' }), 'friendlyName'],
  ['a name of blanks', () => ({ friendlyName: ' \u3000\n ' }), 'friendlyName'],
  ['a name of 101 characters', () => ({ friendlyName: 'x'.repeat(101) }), 'friendlyName'],
  ['a name of 100 kB', () => ({ friendlyName: HUGE }), 'friendlyName'],
  ['a name with a line break', () => ({ friendlyName: 'a\nb' }), 'friendlyName'],
  ['a name with a NUL', () => ({ friendlyName: 'a\u0000b' }), 'friendlyName'],
  ['a name that turns the direction of what follows', () => ({ friendlyName: 'a\u202eb' }), 'friendlyName'],
  ['a name with half a character', () => ({ friendlyName: 'a\ud83db' }), 'friendlyName'],
];

const addons: Case[] = [
  [
    'an add-on that never was',
    () => ({ addons: [{ addonId: `add_${UNKNOWN}` }] }),
    'addons.0.addonId',
    'NOT_FOUND',
  ],
  ['an add-on of another service', () => ({ addons: [oneMore] }), 'addons.0.addonId', 'ADDON_UNAVAILABLE'],
  [
    'no units of an add-on',
    () => ({ addons: [{ ...archive, quantity: 0 }] }),
    'addons.0.quantity',
    'QUANTITY_LIMIT',
  ],
  [
    'fewer than no units',
    () => ({ addons: [{ ...archive, quantity: -1 }] }),
    'addons.0.quantity',
    'QUANTITY_LIMIT',
  ],
  [
    'more units than can be counted',
    () => ({ addons: [{ ...archive, quantity: TOO_BIG - 1 }] }),
    'addons.0.quantity',
  ],
  ['an add-on twice', () => ({ addons: [archive, archive] }), 'addons.1.addonId'],
  ['51 add-ons', () => ({ addons: Array(51).fill(archive) }), 'addons'],
];
const archive = { addonId: addon('CB-ARCHIVE-100GB'), quantity: 1 };

const quantities: Case[] = [
  ['no license', () => ({ quantity: 0 }), 'quantity', 'QUANTITY_LIMIT'],
  ['fewer than no licenses', () => ({ quantity: -1 }), 'quantity', 'QUANTITY_LIMIT'],
  ['as few licenses as there can be', () => ({ quantity: -(2 ** 31) }), 'quantity', 'QUANTITY_LIMIT'],
  ['more licenses than can be counted', () => ({ quantity: 2 ** 31 - 1 }), 'quantity'],
];

const billing = (field: string, bad: Record<string, unknown>): Case[] =>
  Object.entries(bad).map(([what, value]) => [
    `a ${field} that is ${what}`,
    () => ({ billing: { ...BILLING, [field]: value } }),
    `billing.${field}`,
  ]);

const lines = { empty: '', blank: '  ', 'far too long': HUGE, 'no line of text': 'a\r\nb' };

/** What is refused as data, by mutation. The code is INVALID_INPUT unless said otherwise. */
const refused: Record<Mutation, Case[]> = {
  addToBasket: [
    ...ids('productId', 'prod', () => addon('CB-ARCHIVE-100GB')),
    ...ids('subscriptionId', 'sub', () => theirs.subscription).map(
      ([what, bad, ...rest]): Case => [
        what,
        () => ({ productId: null, addons: [oneMore], ...bad() }),
        ...rest,
      ],
    ),
    ['both a product and a subscription', () => ({ subscriptionId: mine.subscription }), 'productId'],
    ['neither', () => ({ productId: null }), 'productId'],
    ['an empty product and no subscription', () => ({ productId: '' }), 'productId', 'NOT_FOUND'],
    [
      'a subscription without add-ons',
      () => ({ productId: null, subscriptionId: mine.subscription }),
      'addons',
    ],
    [
      'a billing cycle that it is not sold with',
      () => ({ billingCycle: 'TWO_YEARS' }),
      'billingCycle',
      'PRODUCT_UNAVAILABLE',
    ],
    ['another version', () => ({ expectedVersion: 99 }), 'expectedVersion', 'VERSION_CONFLICT'],
    ...quantities,
    ...names,
    ...addons,
  ],
  updateBasketLine: [
    ...ids('lineId', 'line', () => theirs.line),
    [
      'a billing cycle that it is not sold with',
      () => ({ billingCycle: 'THREE_YEARS' }),
      'billingCycle',
      'PRODUCT_UNAVAILABLE',
    ],
    ['another version', () => ({ expectedVersion: -1 }), 'expectedVersion', 'VERSION_CONFLICT'],
    ...quantities,
    ...names,
    ...addons,
  ],
  removeBasketLine: [
    ...ids('lineId', 'line', () => theirs.line),
    ['another version', () => ({ expectedVersion: 0 }), 'expectedVersion', 'VERSION_CONFLICT'],
  ],
  chooseRecipient: [
    ...ids('accountId', 'acc', () => accountId('Dune Media')),
    ['itself', () => ({ accountId: accountId('Skyline IT') }), 'accountId', 'RESELLER_CANNOT_ORDER_FOR_SELF'],
    ['another version', () => ({ expectedVersion: 1 }), 'expectedVersion', 'VERSION_CONFLICT'],
  ],
  confirmBilling: [
    ...billing('company', lines),
    ...billing('addressLine1', lines),
    ...billing('addressLine2', lines),
    ...billing('city', lines),
    ...billing('postalCode', { ...lines, 'of 21 characters': '1'.repeat(21) }),
    ...billing('vatNumber', { ...lines, 'of 31 characters': '1'.repeat(31) }),
    ...billing('email', {
      empty: '',
      'no address': 'somebody',
      'two addresses': 'a@b.example,c@d.example',
      'far too long': `${HUGE}@x.example`,
    }),
    ...billing('country', {
      empty: '',
      'a name': 'Germany',
      'in small letters': 'de',
      'three letters': 'DEU',
      'not a country': 'XX',
      'nobody knows where': 'ZZ',
      'a union of countries': 'EU',
      'a country that is no more': 'DD',
      'no letters': '💥',
    }),
    ['another version', () => ({ expectedVersion: 1 }), 'expectedVersion', 'VERSION_CONFLICT'],
  ],
  checkout: [
    ...ids('basketId', 'bkt', () => theirs.basket),
    ['another version', () => ({ expectedVersion: 1 }), 'expectedVersion', 'VERSION_CONFLICT'],
    ...keys,
  ],
  requestCancellation: [
    ...ids('subscriptionId', 'sub', () => theirs.subscription),
    ...keys,
    ['an empty reason', () => ({ reason: ' ' }), 'reason'],
    ['a reason of 1001 characters', () => ({ reason: 'x'.repeat(1001) }), 'reason'],
    ['a reason with a control character', () => ({ reason: 'a\u0007' }), 'reason'],
  ],
  withdrawCancellation: ids('requestId', 'can', () => theirs.subscription),
  renameSubscription: [
    ...ids('subscriptionId', 'sub', () => theirs.subscription),
    ...names,
    ['another version', () => ({ expectedVersion: 1 }), 'expectedVersion', 'VERSION_CONFLICT'],
  ],
};

describe.each(Object.keys(refused) as Mutation[])('%s', mutation => {
  test.each(refused[mutation])(
    'rejects %s with the path of the field, and writes nothing',
    async (_, bad, path, code = 'INVALID_INPUT') => {
      const input = { ...good[mutation](), ...bad() };
      const { status, data, errors } = await writingNothing(gateway, () => send(mutation, input));
      expect([status, errors]).toEqual([200, undefined]);
      expect(codesWithPaths(data[mutation])).toEqual([`${code} ${path}`]);
      const { message } = data[mutation].errors[0];
      expect(message).toMatch(/^[A-Z].*\.$/s);
      expect(message.length).toBeLessThan(200);
    },
  );
});

/** Values of the wrong type, which GraphQL itself refuses. */
const mistyped: Record<Mutation, [what: string, bad: object | null, field: string][]> = {
  addToBasket: [
    ['a quantity beyond 32 bits', { quantity: TOO_BIG }, 'input.quantity'],
    ['a quantity with a fraction', { quantity: 1.5 }, 'input.quantity'],
    ['a quantity in words', { quantity: 'two' }, 'input.quantity'],
    ['no quantity at all', { quantity: null }, 'input.quantity'],
    ['a billing cycle that does not exist', { billingCycle: 'WEEKLY' }, 'input.billingCycle'],
    ['a product that is an object', { productId: {} }, 'input.productId'],
    ['a name that is a number', { friendlyName: 1 }, 'input.friendlyName'],
    ['an add-on without an id', { addons: [{ quantity: 1 }] }, 'addonId'],
    ['an add-on that is nothing', { addons: [null] }, 'input.addons[0]'],
    [
      'units of an add-on beyond 32 bits',
      { addons: [{ ...archive, quantity: TOO_BIG }] },
      'input.addons[0].quantity',
    ],
    ['a field that does not exist', { price: 0 }, 'price'],
    ['a version beyond 32 bits', { expectedVersion: TOO_BIG }, 'input.expectedVersion'],
    ['nothing', null, 'input'],
  ],
  updateBasketLine: [
    ['a line that is nothing', { lineId: null }, 'input.lineId'],
    ['a quantity beyond 32 bits', { quantity: TOO_BIG }, 'input.quantity'],
    ['a billing cycle in small letters', { billingCycle: 'monthly' }, 'input.billingCycle'],
  ],
  removeBasketLine: [
    ['a line that is nothing', { lineId: null }, 'input.lineId'],
    ['a line that is a list', { lineId: ['a', 'b'] }, 'input.lineId'],
  ],
  chooseRecipient: [
    ['an account that is nothing', { accountId: null }, 'input.accountId'],
    ['an account that is true', { accountId: true }, 'input.accountId'],
  ],
  confirmBilling: [
    ['billing details without a company', { billing: { ...BILLING, company: undefined } }, 'company'],
    ['billing details that are a sentence', { billing: 'send it to me' }, 'input.billing'],
    ['a country that is a number', { billing: { ...BILLING, country: 49 } }, 'input.billing.country'],
  ],
  checkout: [
    ['no key', { idempotencyKey: undefined }, 'idempotencyKey'],
    ['a key that is nothing', { idempotencyKey: null }, 'input.idempotencyKey'],
    ['a key that is a number', { idempotencyKey: 1 }, 'input.idempotencyKey'],
    ['no basket', { basketId: undefined }, 'basketId'],
  ],
  requestCancellation: [
    ['no key', { idempotencyKey: undefined }, 'idempotencyKey'],
    ['a timing that does not exist', { timing: 'TOMORROW' }, 'input.timing'],
  ],
  withdrawCancellation: [['no request', { requestId: undefined }, 'requestId']],
  renameSubscription: [
    ['no name', { friendlyName: undefined }, 'friendlyName'],
    ['a name that is nothing', { friendlyName: null }, 'input.friendlyName'],
  ],
};

describe.each(Object.keys(mistyped) as Mutation[])('%s', mutation => {
  test.each(mistyped[mutation])(
    'rejects %s with BAD_USER_INPUT, and writes nothing',
    async (_, bad, field) => {
      const input = bad && { ...good[mutation](), ...bad };
      const { status, data, errors } = await writingNothing(gateway, () => send(mutation, input));
      expect([status, data, errors?.length]).toEqual([400, undefined, 1]);
      expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
      expect(errors?.[0]?.message).toContain(field);
    },
  );
});

describe('signIn', () => {
  const signIn = (email: unknown, password: unknown) =>
    gateway.send(
      null,
      'mutation ($input: SignInInput!) { signIn(input: $input) { token viewer { id } errors { code path } } }',
      {
        input: { email, password },
      },
    );

  test.each([
    ['an unknown e-mail', 'nobody@nowhere.example', 'demo'],
    ['a wrong password', 'buyer@northwind.example', 'Demo'],
    ['nothing to sign in with', '', ''],
    ['an e-mail of 100 kB', HUGE, 'demo'],
    ['a password of 100 kB', 'buyer@northwind.example', HUGE],
    ['characters that no e-mail has', '💥\u0000', '💥\u0000'],
    ['what SQL would take for any e-mail', '%', 'demo'],
  ])('rejects %s with the same error', async (_, email, password) => {
    const { status, data, errors } = await writingNothing(gateway, () => signIn(email, password));
    expect([status, errors, data]).toEqual([
      200,
      undefined,
      { signIn: { token: null, viewer: null, errors: [{ code: 'WRONG_CREDENTIALS', path: null }] } },
    ]);
  });

  test('accepts an e-mail in any case, with blanks around it', async () => {
    const { data } = await signIn('  Buyer@NORTHWIND.example ', 'demo');
    expect(data.signIn).toMatchObject({ token: expect.any(String), errors: [] });
  });

  test('rejects an e-mail that is a list', async () => {
    expect(await signIn(['a', 'b'], 'demo')).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });
});

describe('a malformed request', () => {
  const post = async (body: string, contentType = 'application/json') => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': contentType,
        authorization: `Bearer ${await gateway.token('sales@skyline.example')}`,
      },
      body,
    });
    const { data, errors } = (await response.json()) as any;
    return { status: response.status, data, codes: errors?.map((error: any) => error.extensions.code) };
  };

  test.each([
    ['no JSON', '{ "query": ', 400, 'BAD_REQUEST'],
    ['nothing', '', 400, 'BAD_REQUEST'],
    ['JSON, but no object', '42', 400, 'BAD_REQUEST'],
    ['JSON null', 'null', 400, 'BAD_REQUEST'],
    ['a list of requests', '[{"query":"{ __typename }"}]', 400, 'BAD_REQUEST'],
    ['without a document', '{"variables":{}}', 400, 'BAD_REQUEST'],
    ['with a document that is a number', '{"query":1}', 400, 'BAD_REQUEST'],
    ['with variables that are a list', '{"query":"{ __typename }","variables":[1]}', 400, 'BAD_REQUEST'],
    ['no GraphQL', '{"query":"mutation {"}', 400, 'GRAPHQL_PARSE_FAILED'],
    [
      'of a mutation that does not exist',
      '{"query":"mutation { giveMeAll { id } }"}',
      400,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'without its input',
      '{"query":"mutation { checkout { order { id } } }"}',
      400,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'with half of its input',
      '{"query":"mutation { checkout(input: {basketId: 1}) { order { id } } }"}',
      400,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'of more than 256 KiB',
      JSON.stringify({ query: '{ __typename }', more: 'x'.repeat(300_000) }),
      413,
      'BAD_REQUEST',
    ],
    [
      'of more than a megabyte',
      JSON.stringify({ query: '{ __typename }', more: 'x'.repeat(1_000_000) }),
      413,
      'BAD_REQUEST',
    ],
  ])('%s: is rejected, and writes nothing', async (_, body, status, code) => {
    expect(await writingNothing(gateway, () => post(body))).toMatchObject({ status, codes: [code] });
  });

  test('with a content type of cross-site forms is rejected', async () => {
    const body = JSON.stringify({ query: 'mutation { emptyBasket { basket { id } } }' });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const { status, data } = await writingNothing(gateway, () => post(body, type));
      expect([type, status, data]).toEqual([type, 400, undefined]);
    }
  });
});

test.each([
  ['a word that programs know', 'constructor_1'],
  ['another word that programs know', '__proto___1'],
  ['a word that programs know and nothing behind it', 'toString_'],
  ['nothing but a sign', '_'],
  ['nothing', ''],
  ['a kind and nothing else', 'acc'],
  ['no letters', 'acc_💥'],
  ['an accent, as a basket', 'bkt_é'],
  ['an accent, as a line', 'line_é'],
  ['an accent, as a line of an order', 'oln_é'],
  ['a NUL', 'ord_\u0000'],
  ['100 kB', `sub_${HUGE}`],
])('no object has an id that is %s', async (_, id) => {
  const { data, errors } = await reseller.send(
    `query ($id: ID!) { node(id: $id) { id } nodes(ids: [$id, $id]) { id } order(id: $id) { id } subscription(id: $id) { id }
      orders(filter: { recipientId: $id }) { totalCount } subscriptions(filter: { accountId: $id }) { totalCount } }`,
    { id },
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    node: null,
    nodes: [null, null],
    order: null,
    subscription: null,
    orders: { totalCount: 0 },
    subscriptions: { totalCount: 0 },
  });
});

test('the valid inputs, of which every invalid one differs in one field, are accepted', async () => {
  const answers: unknown[] = [];
  for (const mutation of [
    'updateBasketLine',
    'addToBasket',
    'chooseRecipient',
    'confirmBilling',
    'checkout',
  ] as const) {
    const { data } = await send(mutation, good[mutation]());
    answers.push(data[mutation].errors);
  }
  await gateway.settled();
  for (const mutation of ['renameSubscription', 'requestCancellation'] as const) {
    const { data } = await send(mutation, good[mutation]());
    answers.push(data[mutation].errors);
  }
  expect(answers).toEqual(answers.map(() => []));
});

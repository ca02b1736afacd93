import { userId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { administrator } from '../support/administrator';
import { codesWithPaths } from '../support/errors';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { signIn } from '../support/sign-in';
import { writingNothing } from '../support/tables';

let gateway: TestGateway;
let admin: ReturnType<typeof administrator>;
beforeAll(async () => {
  gateway = await startTestGateway();
  admin = administrator(gateway);
  await gateway.token('admin@bss.example');
});
afterAll(() => gateway.stop());

/** What `ascii_bin` takes for the same id, and what else stands around one. */
const around = (id: string) => [`${id} `, ` ${id}`, `${id}\n`, `${id}\u0000`, `${id}0`, id.toUpperCase()];

const me = userId('admin@bss.example');
test.each(around(me))('an administrator is not found by the id %j, even by the administrator', async id => {
  for (const [field, more] of [
    ['setUserRoles', { roles: ['ACCOUNT_MANAGER'] }],
    ['deactivateUser', {}],
    ['resetUserPassword', {}],
  ] as const) {
    const answer = await writingNothing(gateway, () => admin.ask(field, { userId: id, ...more }));
    expect(codesWithPaths(answer)).toEqual(['NOT_FOUND userId']);
  }
});

test('an id with surrounding characters resolves to null', async () => {
  const product = demoId('prod', 'IC-BASE-1TB');
  const document =
    'query ($id: ID!) { node(id: $id) { id } product(id: $id) { id } nodes(ids: [$id]) { id } }';
  expect((await admin.reads(document, { id: product })).product).toEqual({ id: product });
  for (const id of around(product))
    expect(await admin.reads(document, { id })).toEqual({ node: null, product: null, nodes: [null] });
  const users = 'query ($accountId: ID!) { users(filter: { accountId: $accountId }) { totalCount } }';
  const { users: found } = await admin.reads(users, { accountId: `${demoId('acc', 'Contoso')} ` });
  expect(found.totalCount).toBe(0);
});

const user = (more: object) => ({ name: 'Ada', email: 'ada@example.com', roles: ['ADMINISTRATOR'], ...more });

test.each([
  ['a zero width space', '\u200b'],
  ['a word joiner', '\u2060'],
  ['a Hangul filler', '\u3164'],
  ['a halfwidth Hangul filler among letters', 'A\uffa0da'],
  ['a Braille pattern without dots', '\u2800'],
  ['a joiner alone', '\u200d'],
  ['a variation selector alone', '\ufe0f'],
  ['a line separator', 'Ada\u2028Minster'],
  ['a paragraph separator', 'Ada\u2029Minster'],
  ['a soft hyphen', 'A\u00adda'],
  ['an override of the direction', 'Ada\u202eretsniM'],
])('a name of %s is rejected, and writes nothing', async (_, name) => {
  const made = await writingNothing(gateway, () => admin.ask('createUser', user({ name })));
  expect(codesWithPaths(made)).toEqual(['INVALID_INPUT name']);
});

test.each(['نرگس\u200cها', '👩\u200d💻 Ada', 'Ångström & Söhne', '株式会社'])(
  'the name %j is stored unchanged',
  async name => {
    const { user: made } = await admin.does(
      'createUser',
      user({ name, email: `n${Date.now()}@example.com` }),
    );
    expect(made.name).toBe(name);
  },
);

test('an e-mail address is stored in its canonical form, and other spellings are duplicates', async () => {
  const { user: made } = await admin.does('createUser', user({ email: ' ＡＤＡ@Mu\u0308nchen.example' }));
  expect(made.email).toBe('ada@xn--mnchen-3ya.example');
  for (const email of ['ada@münchen.example', 'Ada@XN--MNCHEN-3YA.example']) {
    const again = await writingNothing(gateway, () => admin.ask('createUser', user({ email })));
    expect(codesWithPaths(again)).toEqual(['ALREADY_EXISTS email']);
  }
  for (const email of ['ad\u200ba@example.com', 'аda@example.com', 'àda@example.com']) {
    const refused = await writingNothing(gateway, () => admin.ask('createUser', user({ email })));
    expect(codesWithPaths(refused)).toEqual(['INVALID_INPUT email']);
  }
});

test('a search ignores case and accents', async () => {
  const document = 'query ($search: String!) { users(filter: { search: $search }) { nodes { email } } }';
  for (const search of ['ADMIN@bss', 'àdmin@BSS'])
    expect((await admin.reads(document, { search })).users.nodes).toEqual([{ email: 'admin@bss.example' }]);
});

describe('the user of an API key', () => {
  let key: { id: string; email: string; userId: string };
  beforeAll(async () => {
    const { data } = await gateway.send(
      await gateway.token('sales@skyline.example'),
      'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey { id user { id } } } }',
      { input: { name: 'Portal', scopes: ['READ'] } },
    );
    const { id, user: own } = data.createApiKey.apiKey;
    key = { id, email: `${id}@api-key.invalid`, userId: own.id };
  });

  test('gets the answer of an unknown user at sign-in', async () => {
    const nobody = `${demoId('key', 'never')}@api-key.invalid`;
    for (const password of ['', 'none', 'demo'])
      expect(await signIn(gateway, key.email, password)).toEqual(await signIn(gateway, nobody, password));
  });

  test('cannot get a password', async () => {
    const answer = await writingNothing(gateway, () =>
      admin.ask('resetUserPassword', { userId: key.userId }),
    );
    expect(codesWithPaths(answer)).toEqual(['INVALID_STATE userId']);
  });

  test('cannot sign in with a password from an earlier release', async () => {
    const [buyer] = await gateway.rows('SELECT passwordHash FROM users WHERE email = ?', [
      'buyer@contoso.example',
    ]);
    const set = 'UPDATE users SET passwordHash = ? WHERE id = ?';
    await gateway.rows(set, [buyer?.passwordHash, key.userId]);
    expect((await signIn(gateway, key.email, 'demo')).errors).toMatchObject([{ code: 'WRONG_CREDENTIALS' }]);
    expect(await gateway.rows('SELECT id FROM sessions WHERE userId = ?', [key.userId])).toEqual([]);
  });
});

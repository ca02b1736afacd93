import { newKey } from '../support/api-keys';
import { type MailGateway, startMailGateway } from '../support/mails';
import { signIn } from '../support/sign-in';
import { counts, writingNothing } from '../support/tables';

const BUYER = 'buyer@northwind.example';
const NEW = 'a new password of mine';

let world: MailGateway;
beforeAll(async () => {
  world = await startMailGateway();
});
afterAll(() => world.stop());
beforeEach(() => world.gateway.rows('DELETE FROM guess_counts'));

const inSession = async (token: string) => (await world.gateway.send(token, '{ viewer { id } }')).status;

test('a link sets a new password once, and ends all sessions', async () => {
  const { gateway } = world;
  const { token: session } = await signIn(gateway, BUYER);
  expect(await world.forget('Buyer@Northwind.example')).toEqual({ errors: [] });
  const mail = await world.mailTo(BUYER);
  expect(mail.subject).toBe('Choose a new password');
  expect(mail.source).toContain(`https://cloud.example/reset-password?token=${mail.token}`);
  expect(mail.source).toContain('From: Skybasket <no-reply@skybasket.example>');

  const token = mail.token ?? '';
  await writingNothing(gateway, async () => {
    const short = await world.reset(token, 'short');
    expect(short.errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['newPassword'] }]);
  });
  expect(await inSession(session)).toBe(200);
  expect(await world.reset(token)).toEqual({ errors: [] });
  expect(await inSession(session)).toBe(401);
  expect((await signIn(gateway, BUYER)).errors).toMatchObject([{ code: 'WRONG_CREDENTIALS' }]);
  expect((await signIn(gateway, BUYER, NEW)).errors).toEqual([]);
  await writingNothing(gateway, async () => {
    const again = await world.reset(token, 'another password of mine');
    expect(again.errors).toMatchObject([{ code: 'TOKEN_INVALID', path: ['token'] }]);
  });
});

test('a member of staff with an API key gets a link too, and its key stays valid', async () => {
  const email = 'manager2@bss.example';
  const { secret } = await newKey(world.gateway, email, ['READ']);
  const session = await world.gateway.token(email);
  expect(await world.forget(email)).toEqual({ errors: [] });
  expect(await world.reset((await world.mailTo(email)).token ?? '')).toEqual({ errors: [] });
  expect((await signIn(world.gateway, email, NEW)).errors).toEqual([]);
  expect([await inSession(session), await inSession(secret)]).toEqual([401, 200]);
});

test('a used link ends the other links of the address', async () => {
  const first = world.server.mails.length;
  await world.forget('buyer@contoso.example');
  await world.forget('buyer@contoso.example');
  const one = (await world.mailTo('buyer@contoso.example', 1)).token ?? '';
  const other = (await world.mailTo('buyer@contoso.example', 2)).token ?? '';
  expect(one).not.toBe(other);
  expect(world.server.mails).toHaveLength(first + 2);
  expect(await world.reset(one)).toEqual({ errors: [] });
  expect((await world.reset(other)).errors).toMatchObject([{ code: 'TOKEN_INVALID' }]);
});

test('of nine concurrent uses of one link, one succeeds', async () => {
  await world.forget('sales@harbor.example');
  const { token = '' } = await world.mailTo('sales@harbor.example');
  const answers = await Promise.all(
    Array.from({ length: 9 }, (_, nth) => world.reset(token, `${NEW} number ${nth}`)),
  );
  expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
});

test.each([
  ['expired', 'UPDATE password_resets SET expiresAt = NOW(3) - INTERVAL 1 SECOND'],
  ['of a deactivated user', `UPDATE users SET deactivatedAt = NOW(3) WHERE email = 'manager2@bss.example'`],
  ['of another address', `UPDATE users SET email = 'moved@bss.example' WHERE email = 'manager2@bss.example'`],
])('a link that is %s is refused', async (_, statement) => {
  const { gateway } = world;
  const email = 'manager2@bss.example';
  const before = world.server.mails.filter(({ to }) => to === email).length;
  await world.forget(email);
  const { token = '' } = await world.mailTo(email, before + 1);
  await gateway.rows(statement);
  await writingNothing(gateway, async () => {
    expect((await world.reset(token)).errors).toMatchObject([{ code: 'TOKEN_INVALID', path: ['token'] }]);
  });
  await gateway.rows(`UPDATE users SET email = '${email}', deactivatedAt = NULL WHERE name = 'Mia Berger'`);
});

test('an address without a user gets the same answer and no mail', async () => {
  const before = world.server.mails.length;
  expect(await world.forget('nobody@nowhere.example')).toEqual({ errors: [] });
  await world.delivered();
  expect(world.server.mails).toHaveLength(before);
  expect(await world.mails({ to: 'nobody@nowhere.example' })).toEqual([]);
});

test('neither the database nor a list of mails has a token', async () => {
  const { gateway } = world;
  await world.forget('sales@skyline.example');
  const { token = '' } = await world.mailTo('sales@skyline.example');
  await world.delivered();
  const secret = token.split('.')[1] ?? token;
  expect(secret).toHaveLength(43);
  for (const table of ['mails', 'password_resets', 'events', 'users']) {
    expect(JSON.stringify(await gateway.rows(`SELECT * FROM ${table}`))).not.toContain(secret);
  }
  expect(JSON.stringify(await world.mails())).not.toContain(secret);
});

test.each([
  ['nothing like an address', 'nobody'],
  ['a header', 'a@b.example\r\nBcc: c@d.example'],
  ['a list', 'a@b.example, c@d.example'],
  ['64 kB', `${'a'.repeat(65_536)}@b.example`],
  ['a look-alike before the @', 'аdmin@bss.example'],
  ['an invisible character', 'ad\u200bmin@bss.example'],
])('%s is refused with its path', async (_, email) => {
  await writingNothing(world.gateway, async () => {
    expect((await world.forget(email)).errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['email'] }]);
  });
});

test('five requests in a window are allowed for an address, known or not, and signing in is not affected', async () => {
  const { gateway } = world;
  for (const email of ['manager@bss.example', 'nobody@nowhere.example']) {
    for (let nth = 0; nth < 5; nth += 1) expect(await world.forget(email)).toEqual({ errors: [] });
    const before = await counts(gateway, 'password_resets', 'mails', 'guess_counts');
    expect((await world.forget(email)).errors).toMatchObject([{ code: 'TOO_MANY_ATTEMPTS', path: null }]);
    expect((await counts(gateway, 'password_resets')).password_resets).toBe(before.password_resets);
  }
  expect((await signIn(gateway, 'manager@bss.example')).errors).toEqual([]);
});

test('malformed and foreign tokens are refused', async () => {
  await writingNothing(world.gateway, async () => {
    for (const token of ['', 'x', `sbp_pwr_${'0'.repeat(26)}.${'A'.repeat(43)}`, 'x'.repeat(65_536)]) {
      expect((await world.reset(token)).errors).toMatchObject([{ code: 'TOKEN_INVALID' }]);
    }
  });
});

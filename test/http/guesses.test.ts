import type { App } from '../../src/app';
import { limitSignInAttempts } from '../../src/services/identity/sign-in-limit';
import { startOn, startTestGateway, type TestGateway } from '../support/gateway';
import { usualSecurity } from '../support/security';
import { SIGN_IN } from '../support/sign-in';
import { counts } from '../support/tables';

jest.setTimeout(60_000);

let gateway: TestGateway;
/** Another process on the same database. */
let other: App;
beforeAll(async () => {
  const security = usualSecurity({ TRUSTED_PROXIES: '1' });
  gateway = await startTestGateway({}, { security });
  other = await startOn(gateway.settings);
});
afterAll(async () => {
  await other.stop();
  await gateway.stop();
});
beforeEach(async () => {
  await gateway.rows('DELETE FROM guess_counts');
});

const email = 'buyer@contoso.example';

/** The code of the refusal, or `in`. */
async function guess(input: { email: string; password: string }, url = gateway.url, address = '192.0.2.1') {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify({ query: SIGN_IN, variables: { input } }),
  });
  const { data } = (await response.json()) as any;
  return data.signIn.errors[0]?.code ?? 'in';
}
const wrong = (url?: string, address?: string, spelling = email) =>
  guess({ email: spelling, password: 'wrong' }, url, address);
const right = (spelling: string, url?: string, address?: string) =>
  guess({ email: spelling, password: 'demo' }, url, address);
const repeat = async <T>(times: number, act: (nth: number) => Promise<T>): Promise<T[]> => {
  const all: T[] = [];
  for (let nth = 0; nth < times; nth += 1) all.push(await act(nth));
  return all;
};
/** As after so many wrong passwords of everybody who had one. */
const asAfter = (guesses: number) => gateway.rows('UPDATE guess_counts SET guesses = ?', [guesses]);
const WRONG = 'WRONG_CREDENTIALS';
const LOCKED = 'TOO_MANY_ATTEMPTS';

test('ten wrong passwords lock an e-mail in every process, whether or not the user exists', async () => {
  for (const spelling of ['manager2@bss.example', 'nobody@nowhere.example']) {
    const codes = await repeat(11, nth => wrong(nth % 2 ? other.url : gateway.url, undefined, spelling));
    expect(codes).toEqual([...Array(10).fill(WRONG), LOCKED]);
    for (const url of [gateway.url, other.url]) expect(await right(spelling, url)).toBe(LOCKED);
  }
  expect(await right(email)).toBe('in');
});

test.each([
  'BUYER@Contoso.example',
  ' buyer@contoso.example ',
  'ｂｕｙｅｒ@contoso.example',
  'buyér@contoso.example',
  'buy\u200ber@contoso.example',
])('ten wrong passwords lock the spelling %j too', async spelling => {
  expect(await wrong()).toBe(WRONG);
  await asAfter(10);
  const { sessions } = await counts(gateway, 'sessions');
  expect(await right(spelling)).toBe(LOCKED);
  expect(await counts(gateway, 'sessions')).toEqual({ sessions });
});

test('wrong passwords for other spellings lock the e-mail', async () => {
  await wrong();
  await asAfter(7);
  for (const spelling of ['BUYER@contoso.example', 'ｂuyer@contoso.example', 'buyér@contoso.example'])
    expect(await wrong(undefined, undefined, spelling)).toBe(WRONG);
  expect(await right(email)).toBe(LOCKED);
});

test('of forty concurrent guesses at two processes, ten are verified', async () => {
  const codes = await Promise.all(
    Array.from({ length: 40 }, (_, nth) => wrong(nth % 2 ? other.url : gateway.url)),
  );
  expect(codes.filter(code => code === WRONG)).toHaveLength(10);
  expect(codes.filter(code => code === LOCKED)).toHaveLength(30);
});

test('a correct password is not counted, and does not reset the count', async () => {
  await wrong();
  await asAfter(9);
  expect(await repeat(3, () => right(email))).toEqual(Array(3).fill('in'));
  expect(await wrong()).toBe(WRONG);
  expect(await right(email)).toBe(LOCKED);
});

const attempt = <T>(person: string, work: () => Promise<T | null>) =>
  limitSignInAttempts(gateway.app.deps.db, { email: person, address: '192.0.2.1' }, work);

test('sixty concurrent sign-ins with correct passwords from one network all succeed', async () => {
  let begun = 0;
  let finish: () => void = () => undefined;
  const all = new Promise<void>(resolve => {
    finish = resolve;
  });
  const results = await Promise.all(
    Array.from({ length: 60 }, (_, nth) =>
      attempt(`person${nth}@office.example`, async () => {
        begun += 1;
        if (begun === 60) finish();
        await all;
        return 'in';
      }),
    ),
  );
  expect(results).toEqual(Array(60).fill('in'));
  expect(await gateway.rows('SELECT SUM(guesses) AS counted FROM guess_counts')).toEqual([{ counted: '0' }]);
});

test('a network can have two hundred concurrent attempts', async () => {
  const refused = await attempt('ada@office.example', async () => {
    await asAfter(200);
    return attempt('eve@office.example', async () => 'in').catch(error => error.errors[0]);
  });
  expect(refused).toMatchObject({
    code: LOCKED,
    message: 'Too many sign-ins at the same time from this network. Retry in a few seconds.',
  });
});

test('an attempt that ends with an internal error is not counted', async () => {
  const fault = new Error('the database is away');
  await expect(attempt(email, () => Promise.reject(fault))).rejects.toBe(fault);
  expect(await gateway.rows('SELECT guesses FROM guess_counts')).toEqual([{ guesses: 0 }, { guesses: 0 }]);
});

test('a lock ends with its window', async () => {
  await wrong();
  await asAfter(10);
  expect(await right(email)).toBe(LOCKED);
  await gateway.rows('UPDATE guess_counts SET endsAt = NOW(3) - INTERVAL 1 SECOND');
  expect(await right(email)).toBe('in');
});

test.each([
  ['an IPv4 address', () => '192.0.2.9', '192.0.2.10'],
  ['the /64 of an IPv6 address', (nth: number) => `2001:db8:1:2::${nth + 1}`, '2001:db8:1:3::1'],
])('fifty wrong passwords from %s lock the network', async (_, from, elsewhere) => {
  await wrong(undefined, from(0), 'nobody@nowhere.example');
  await asAfter(49);
  expect(await wrong(other.url, from(1), 'somebody@nowhere.example')).toBe(WRONG);
  expect(await right(email, undefined, from(60))).toBe(LOCKED);
  expect(await right(email, undefined, elsewhere)).toBe('in');
});

test('a wrong current password counts as a wrong sign-in', async () => {
  const token = await gateway.token('buyer@northwind.example');
  const document =
    'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { errors { code } } }';
  const input = { currentPassword: 'wrong', newPassword: 'a sentence is better' };
  const change = async () => {
    const { data } = await gateway.send(token, document, { input });
    return data.changePassword.errors[0].code;
  };
  await gateway.rows('DELETE FROM guess_counts');
  expect(await change()).toBe(WRONG);
  await asAfter(9);
  expect([await change(), await change()]).toEqual([WRONG, LOCKED]);
  expect(await right('buyer@northwind.example')).toBe(LOCKED);
});

test('the counts contain neither e-mail nor IP addresses', async () => {
  await wrong();
  const rows = JSON.stringify(await gateway.rows('SELECT * FROM guess_counts'));
  expect(rows).not.toContain('buyer');
  expect(rows).not.toContain('192.0.2.1');
});

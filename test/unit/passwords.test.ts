import { scryptSync } from 'node:crypto';
import { DEMO_PASSWORD, DEMO_PASSWORD_HASH } from '../../dev/demo-data';
import { hashPassword, NO_PASSWORD, verifyPassword } from '../../src/services/identity/passwords';

test('a hash matches its password, and no other', async () => {
  const stored = await hashPassword('correct horse');
  expect(await verifyPassword('correct horse', stored)).toBe(true);
  for (const wrong of ['correct horsE', 'correct horse ', '', stored]) {
    expect(await verifyPassword(wrong, stored)).toBe(false);
  }
});

test('the hash of the demo data is one of its password, at the present cost', async () => {
  expect(await verifyPassword(DEMO_PASSWORD, DEMO_PASSWORD_HASH)).toBe(true);
  const cost = (hash: string) => hash.split('$').slice(0, 4);
  expect(cost(DEMO_PASSWORD_HASH)).toEqual(cost(await hashPassword(DEMO_PASSWORD)));
});

test('two hashes of one password differ, and reveal nothing', async () => {
  const [one, other] = await Promise.all([hashPassword('demo'), hashPassword('demo')]);
  expect(one).not.toBe(other);
  expect(one).toMatch(/^scrypt\$32768\$8\$3\$[\w+/]{22}==\$[\w+/]{43}=$/);
  expect(one).not.toContain('demo');
});

test('a password can have any characters', async () => {
  const password = '💥 žluťoučký\u0000kůň';
  expect(await verifyPassword(password, await hashPassword(password))).toBe(true);
});

test.each(['', 'scrypt', 'scrypt$32768$8$3$$', 'scrypt$32768$8$3$AAAA$'])(
  'no password matches an invalid hash: "%s"',
  async stored => {
    expect(await verifyPassword('', stored)).toBe(false);
  },
);

test('a password matches in every Unicode normalization', async () => {
  const composed = 'Z\u00fcrich \ufb01nch';
  const decomposed = 'Zu\u0308rich finch';
  expect(await verifyPassword(decomposed, await hashPassword(composed))).toBe(true);
  expect(await verifyPassword(composed, await hashPassword(decomposed))).toBe(true);
});

test('a hash of a password before normalization still matches', async () => {
  // Of 'Zürich', decomposed, by the release before.
  const typed = 'Zu\u0308rich and more';
  const salt = Buffer.alloc(16, 7);
  const hash = scryptSync(typed, salt, 32, { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 });
  const stored = `scrypt$32768$8$3$${salt.toString('base64')}$${hash.toString('base64')}`;
  expect(await verifyPassword(typed, stored)).toBe(true);
  expect(await verifyPassword('Zurich and more', stored)).toBe(false);
});

test('no password matches a user without a password or a missing user', async () => {
  for (const stored of [NO_PASSWORD, undefined])
    for (const password of ['', 'none', 'demo']) expect(await verifyPassword(password, stored)).toBe(false);
});

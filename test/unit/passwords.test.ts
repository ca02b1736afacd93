import { hashPassword, verifyPassword } from '../../src/services/identity/passwords';

test('a password is known by its hash, and no other is', async () => {
  const stored = await hashPassword('correct horse');
  expect(await verifyPassword('correct horse', stored)).toBe(true);
  for (const wrong of ['correct horsE', 'correct horse ', '', stored]) {
    expect(await verifyPassword(wrong, stored)).toBe(false);
  }
});

test('two hashes of one password differ, and tell neither it nor each other', async () => {
  const [one, other] = await Promise.all([hashPassword('demo'), hashPassword('demo')]);
  expect(one).not.toBe(other);
  expect(one).toMatch(/^scrypt\$32768\$8\$3\$[\w+/]{22}==\$[\w+/]{43}=$/);
  expect(one).not.toContain('demo');
});

test('a password may have any characters', async () => {
  const password = '💥 žluťoučký\u0000kůň';
  expect(await verifyPassword(password, await hashPassword(password))).toBe(true);
});

test.each(['', 'scrypt', 'scrypt$32768$8$3$$', 'scrypt$32768$8$3$AAAA$'])(
  'nothing opens what was never a hash: "%s"',
  async stored => {
    await expect(verifyPassword('', stored).catch(() => false)).resolves.toBe(false);
  },
);

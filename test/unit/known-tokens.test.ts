import { cacheVerifiedTokens } from '../../src/services/identity/token-cache';
import type { Tokens } from '../../src/services/identity/tokens';

const ENDS = new Date('2026-01-01T00:15:00Z');

function counted() {
  let reads = 0;
  const tokens: Tokens = {
    issue: async () => ({ token: 'good', expiresAt: ENDS }),
    read: async token => {
      reads += 1;
      if (token !== 'good') return undefined;
      return { userId: 'usr', sessionId: 'ses', sessionVersion: 0, expiresAt: ENDS };
    },
  };
  return { tokens, reads: () => reads };
}

test('a valid token is verified once until it expires', async () => {
  const { tokens, reads } = counted();
  let now = ENDS.getTime() - 1000;
  const known = cacheVerifiedTokens(tokens, () => now);
  const claims = await known.read('good');
  expect(await known.read('good')).toEqual(claims);
  expect(reads()).toBe(1);
  now = ENDS.getTime();
  await known.read('good');
  expect(reads()).toBe(2);
});

test('an invalid token is verified every time', async () => {
  const { tokens, reads } = counted();
  const known = cacheVerifiedTokens(tokens);
  expect(await known.read('forged')).toBeUndefined();
  expect(await known.read('forged')).toBeUndefined();
  expect(reads()).toBe(2);
});

import { exponentialBackoff, respectRetryAfter } from '../../../src/jobs';
import { ProviderFault } from '../../../src/providers';
import { retryAfterMs } from '../../../src/providers/http/retry-after';
import { answer, raw } from '../../support/provider/canned-servers';
import { CALL, client, reseller } from '../../support/provider/client';

const date = 'Thu, 26 Nov 2026 02:00:00 GMT';

test.each<[string, Record<string, string>, number | undefined]>([
  ['seconds', { 'retry-after': '3' }, 3000],
  ['seconds with a space', { 'retry-after': ' 120 ' }, 120_000],
  ['a date', { 'retry-after': 'Thu, 26 Nov 2026 02:00:07 GMT', date }, 7000],
  ['a date that has passed', { 'retry-after': 'Thu, 26 Nov 2026 01:00:00 GMT', date }, 0],
  ['a date without a clock of the sender', { 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }, 0],
  ['a negative number', { 'retry-after': '-5' }, undefined],
  ['words', { 'retry-after': 'soon' }, undefined],
  ['no header', {}, undefined],
])('Retry-After as %s is understood', (_, headers, expected) => {
  expect(retryAfterMs(headers)).toBe(expected);
});

test.each([429, 503])('a fault of HTTP %d carries the time that the provider asks for', async status => {
  const server = await raw(() => answer(status, '', 'Retry-After: 3\r\n'));
  const call = client(`http://127.0.0.1:${server.port}/`).accounts.find(reseller(), CALL);
  const fault = await call.catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(ProviderFault);
  expect(fault).toMatchObject({ code: 'UNAVAILABLE', retryable: true, retryAfterMs: 3000 });
});

test('the pause is no shorter than the policy says and the callee asks for, which is bounded to an hour', () => {
  const policy = exponentialBackoff({ firstMs: 500, maxMs: 60_000, maxAttempts: 8, totalMs: 900_000 });
  const own = policy.delayMs(1, null) ?? 0;
  expect(respectRetryAfter(own)).toBe(own);
  expect(respectRetryAfter(own, 3000)).toBe(3000);
  expect(respectRetryAfter(5000, 3000)).toBe(5000);
  expect(respectRetryAfter(own, 86_400_000)).toBe(3_600_000);
});

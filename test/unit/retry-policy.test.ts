import { defaultRetryBounds, exponentialBackoff } from '../../src/jobs';

const bounds = { firstMs: 100, maxMs: 1000, maxAttempts: 6, totalMs: 60_000 };

afterEach(() => jest.restoreAllMocks());

const delays = (chance: number) => {
  jest.spyOn(Math, 'random').mockReturnValue(chance);
  const policy = exponentialBackoff(bounds);
  return [1, 2, 3, 4, 5, 6].map(made => policy.delayMs(made, new Date()));
};

test('delays double up to the maximum, and half of each is random', () => {
  expect(delays(0)).toEqual([50, 100, 200, 400, 500, undefined]);
  expect(delays(1)).toEqual([100, 200, 400, 800, 1000, undefined]);
});

test('no attempt follows when the total time is used up', () => {
  jest.spyOn(Date, 'now').mockReturnValue(1_000_000);
  const policy = exponentialBackoff(bounds);
  expect(policy.delayMs(1, new Date(1_000_000 - 59_999))).toBeGreaterThan(0);
  expect(policy.delayMs(1, new Date(1_000_000 - 60_000))).toBeUndefined();
});

test('by default eight attempts are made', () => {
  const policy = exponentialBackoff(defaultRetryBounds);
  const made = [1, 2, 3, 4, 5, 6, 7, 8].filter(attempt => policy.delayMs(attempt, new Date()) !== undefined);
  expect(made).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

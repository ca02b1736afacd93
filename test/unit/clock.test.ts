import type { currentTimeMs, elapsedSince, skewMs, synchronize } from '../../src/clock';

interface ClockModule {
  currentTimeMs: typeof currentTimeMs;
  elapsedSince: typeof elapsedSince;
  skewMs: typeof skewMs;
  synchronize: typeof synchronize;
}

const HOUR_MS = 3_600_000;
let clock: ClockModule;
/** What the process's own clock, the monotonic one and the database's show. */
let own: number;
let monotonic: number;
let shared: number;

beforeEach(() => {
  jest.resetModules();
  clock = require('../../src/clock');
  [own, monotonic, shared] = [5 * HOUR_MS, 1000, 8 * HOUR_MS];
  jest.spyOn(Date, 'now').mockImplementation(() => own);
  jest.spyOn(performance, 'now').mockImplementation(() => monotonic);
});
afterEach(() => jest.restoreAllMocks());

/** Time goes by for all of them. */
function pass(ms: number): void {
  own += ms;
  monotonic += ms;
  shared += ms;
}

/** A reading that takes `ms` there and as long back. */
const read =
  (ms = 1) =>
  async () => {
    pass(ms);
    const time = shared;
    pass(ms);
    return time;
  };

test('before synchronization the time is that of the process', () => {
  expect(clock.currentTimeMs()).toBe(own);
  expect(clock.skewMs()).toBe(0);
});

test('the time is that of the database, regardless of the clock of the process', async () => {
  expect(await clock.synchronize(read())).toBe(0);
  expect(clock.currentTimeMs()).toBe(shared);
  expect(clock.skewMs()).toBe(-3 * HOUR_MS);
  const began = new Date(shared);
  pass(1500);
  own += 24 * HOUR_MS;
  expect(clock.currentTimeMs()).toBe(shared);
  expect(clock.elapsedSince(began)).toBe(1500);
  expect(clock.skewMs()).toBe(21 * HOUR_MS);
});

test.each([HOUR_MS, -HOUR_MS])('a jump of the database of %d ms is measured and followed', async jump => {
  await clock.synchronize(read());
  pass(30_000);
  shared += jump;
  expect(await clock.synchronize(read())).toBe(jump);
  expect(clock.currentTimeMs()).toBe(shared);
  expect(await clock.synchronize(read())).toBe(0);
});

test('a slow answer does not change the offset', async () => {
  await clock.synchronize(read());
  const slow = async () => {
    pass(400);
    const time = shared;
    pass(10);
    return time;
  };
  expect(await clock.synchronize(slow)).toBe(0);
  expect(clock.currentTimeMs()).toBe(shared);
});

test('time since a future moment is 0', () => {
  expect(clock.elapsedSince(new Date(own + HOUR_MS))).toBe(0);
});

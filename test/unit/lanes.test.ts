import { CallNotPermitted, Lane } from '../../src/jobs/lane';
import { Lanes } from '../../src/jobs/lanes';

const limits = { slots: 4, failureThreshold: 2, openMs: 60_000 };
const fails = () => Promise.reject(new Error('sick'));
const never = () => new Promise<never>(() => undefined);
const sick = () => true;

afterEach(() => jest.restoreAllMocks());

/** A lane whose circuit is open. */
async function broken(): Promise<Lane> {
  const lane = new Lane(limits, sick, () => undefined);
  for (let nth = 0; nth < limits.failureThreshold; nth += 1) await lane.call(fails).catch(() => undefined);
  return lane;
}

test.each([-3_600_000, 3_600_000])(
  'a circuit breaker stays open for its time when the clock jumps by %d ms',
  async by => {
    const jumped = Date.now() + by;
    const lane = await broken();
    jest.spyOn(Date, 'now').mockImplementation(() => jumped);
    expect(lane.availableSlots).toBe(0);
    await expect(lane.call(async () => 'called')).rejects.toBeInstanceOf(CallNotPermitted);
    const later = performance.now() + limits.openMs;
    jest.spyOn(performance, 'now').mockImplementation(() => later);
    expect(lane.availableSlots).toBe(1);
    expect(await lane.call(async () => 'called')).toBe('called');
    expect(lane.circuitOpen).toBe(false);
  },
);

test('a callee that sends Retry-After is not called before', async () => {
  const lane = new Lane(limits, sick, () => undefined);
  lane.pauseFor(3000);
  expect(lane.availableSlots).toBe(0);
  expect(lane.circuitOpen).toBe(false);
  await expect(lane.call(async () => 'called')).rejects.toBeInstanceOf(CallNotPermitted);
  const later = performance.now() + 3000;
  jest.spyOn(performance, 'now').mockImplementation(() => later);
  expect(await lane.call(async () => 'called')).toBe('called');
});

test('every fourth attempt at a failing callee has the full deadline', async () => {
  const lane = new Lane({ ...limits, failureThreshold: 100 }, sick, () => undefined);
  const brief: boolean[] = [];
  for (let nth = 0; nth < 9; nth += 1) {
    brief.push(lane.usesShortDeadline);
    await lane.call(fails).catch(() => undefined);
  }
  expect(brief).toEqual([false, true, true, true, false, true, true, true, false]);
  await lane.call(async () => 'well');
  expect(lane.usesShortDeadline).toBe(false);
});

/** Takes whatever `lanes` lets through of one job for each of `names`, and calls with it. */
function takeUp(lanes: Lanes, names: readonly string[], call: () => Promise<unknown> = never): string[] {
  if (!lanes.laneCondition('lane')) return [];
  const chosen = lanes.select(names.map(lane => ({ lane }))).map(({ lane }) => lane);
  for (const name of chosen) {
    const leave = lanes.acquire(name);
    void lanes
      .of(name)
      .call(call)
      .catch(() => undefined)
      .finally(leave);
  }
  return chosen;
}

const sharedLimits = { maxJobs: 4, suspects: { maxJobs: 2, slowMs: 1000 } };
const manyLanes = (more = {}) =>
  new Lanes({ limits, countsAsFailure: sick, onCircuitChange: () => undefined, sharedLimits, ...more });
const names = (prefix: string, count: number) => Array.from({ length: count }, (_, nth) => `${prefix}${nth}`);

test('each lane gets one job before a lane with a success gets a second', async () => {
  const lanes = manyLanes();
  takeUp(lanes, ['a'], async () => 'well');
  await new Promise(resolve => setImmediate(resolve));
  expect(takeUp(lanes, ['a', 'a', 'b', 'b', 'c', 'a'])).toEqual(['a', 'b', 'c', 'a']);
});

test('callees that hang do not take the slots of others', () => {
  const lanes = manyLanes();
  expect(takeUp(lanes, names('hangs', 20))).toHaveLength(4);
  expect(takeUp(lanes, ['well'])).toEqual([]);
  expect(lanes.slotsFreeInMs.every(ms => ms <= 1001)).toBe(true);
  const later = performance.now() + 1001;
  jest.spyOn(performance, 'now').mockImplementation(() => later);
  expect(takeUp(lanes, ['hangs0', 'well'])).toEqual(['well']);
});

test('callees that failed share a bounded number of slots, one job each, until a success', async () => {
  const lanes = manyLanes();
  const failing = names('fails', 3);
  takeUp(lanes, failing, fails);
  await new Promise(resolve => setImmediate(resolve));
  expect(takeUp(lanes, ['fails0', ...failing, 'well'])).toEqual(['fails0', 'fails1', 'well']);
  expect(lanes.laneCondition('lane')).toMatchObject({
    sql: 'lane NOT IN (?,?,?,?,?)',
    values: ['fails0', 'fails1', 'fails2', 'well', 'well'],
  });
});

test('a lane that has recovered has all its slots again', async () => {
  const lanes = manyLanes();
  takeUp(lanes, ['fails'], fails);
  await new Promise(resolve => setImmediate(resolve));
  takeUp(lanes, ['fails'], async () => 'well');
  await new Promise(resolve => setImmediate(resolve));
  expect(takeUp(lanes, ['fails', 'fails', 'fails'])).toHaveLength(3);
});

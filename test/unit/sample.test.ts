import { startSample } from '../support/sample';

// Each sample prints its seed.
beforeEach(() => void jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

const CASES = Array.from({ length: 24 }, (_, nth) => [`kind ${nth % 5}`, nth] as const);

/** What a run with these settings plays. */
function sampled(env: { SAMPLE?: string; SEED?: string }) {
  const before = { ...process.env };
  Object.assign(process.env, env);
  try {
    const sample = startSample('sample of a test');
    return { cases: sample.of(CASES, ([kind]) => kind), times: sample.times(10), plays: sample.plays() };
  } finally {
    process.env = before;
  }
}

test('a sample has a third of the cases in their order, with each kind', () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const { cases, times } = sampled({ SAMPLE: '3', SEED: String(seed) });
    expect([cases.length, times]).toEqual([8, 4]);
    expect(new Set(cases.map(([kind]) => kind)).size).toBe(5);
    const order = cases.map(([, nth]) => nth);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  }
});

test('every case is in some sample', () => {
  const played = new Set<number>();
  for (let seed = 0; seed < 200; seed += 1) {
    for (const [, nth] of sampled({ SAMPLE: '3', SEED: String(seed) }).cases) played.add(nth);
  }
  expect(played.size).toBe(CASES.length);
});

test('a sample smaller than the kinds has one of each', () => {
  expect(sampled({ SAMPLE: '24', SEED: '1' }).cases).toHaveLength(5);
});

test('SAMPLE=1 plays everything', () => {
  expect(sampled({ SAMPLE: '1' })).toEqual({ cases: CASES, times: 10, plays: true });
});

test('SEED repeats a sample', () => {
  const seed = { SAMPLE: '3', SEED: '17' };
  expect(sampled(seed)).toEqual(sampled(seed));
});

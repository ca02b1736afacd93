import { AnswerCache } from '../../src/transport/public/answer-cache';

const answer = (size: number) => ({
  headers: [],
  caching: undefined,
  source: Buffer.alloc(size),
  encoded: {},
  cost: { requestedQueryCost: 1, actualQueryCost: 1 },
});

const key = (text: string) => ({ scope: 'scope', body: Buffer.from(text) });

/** Keeps what has come before. */
function keep(cache: AnswerCache, catalog: object, text: string, kept: ReturnType<typeof answer>): void {
  cache.store(catalog, key(text), () => kept);
  cache.store(catalog, key(text), () => kept);
}

test('the first occurrence of a request is not cached', () => {
  const cache = new AnswerCache();
  const catalog = {};
  cache.store(catalog, key('key'), () => answer(10));
  expect(cache.size).toBe(0);
  cache.store(catalog, key('key'), () => answer(10));
  expect(cache.size).toBe(1);
});

test('an answer is found by its key, for its version of the catalog only', () => {
  const cache = new AnswerCache();
  const [before, after] = [{}, {}];
  const kept = answer(10);
  keep(cache, before, 'key', kept);
  expect(cache.find(before, key('key'))).toBe(kept);
  expect(cache.find(before, key('another key'))).toBeUndefined();
  expect(cache.find(after, key('key'))).toBeUndefined();
});

test('the first answer for another version of the catalog drops all others', () => {
  const cache = new AnswerCache();
  const [before, after] = [{}, {}];
  keep(cache, before, 'key', answer(10));
  keep(cache, after, 'other', answer(10));
  expect(cache.size).toBe(1);
  expect(cache.find(before, key('key'))).toBeUndefined();
});

test('the cache is bounded by bytes, and evicts the least recently used answer', () => {
  // Two in each half.
  const cache = new AnswerCache(4 * 4600);
  const catalog = {};
  for (const text of ['a', 'b', 'c', 'd']) keep(cache, catalog, text, answer(1000));
  expect(cache.size).toBe(4);
  expect(cache.find(catalog, key('a'))).toBeDefined();
  expect(cache.size).toBe(3);
  keep(cache, catalog, 'e', answer(1000));
  keep(cache, catalog, 'f', answer(1000));
  const left = ['a', 'b', 'c', 'd', 'e', 'f'].filter(text => cache.find(catalog, key(text)));
  expect(left).toEqual(['a', 'e', 'f']);
});

test('a very long request is not cached', () => {
  const cache = new AnswerCache();
  const catalog = {};
  keep(cache, catalog, 'k'.repeat(20_000), answer(1));
  expect(cache.size).toBe(0);
});

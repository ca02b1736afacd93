import { Refusal, simple } from '../../src/errors';
import type { Dependencies } from '../../src/services/context';
import { executeDue } from '../../src/services/subscriptions/execute-due';

/** Due records, of which those in `poison` fail in their own way. */
function dueRecords(ids: string[], poison: ReadonlyMap<string, Error>) {
  const due = new Set(ids);
  const tried: string[] = [];
  const logged: string[] = [];
  const log = {
    warn: ({ test }: { test: string }) => logged.push(`warn ${test}`),
    error: ({ test }: { test: string }) => logged.push(`error ${test}`),
  };
  const deps = {
    db: { transaction: (work: (tx: object) => Promise<void>) => work({}) },
    clock: () => new Date(0),
    log,
  } as unknown as Dependencies;
  const find = async (_session: unknown, _now: Date, limit: number) =>
    [...due].slice(0, limit).map(id => ({ id }));
  const execute = async (_tx: unknown, { id }: { id: string }) => {
    tried.push(id);
    const error = poison.get(id);
    if (error) throw error;
    due.delete(id);
  };
  return { due, tried, logged, run: () => executeDue(deps, 'test', find, execute) };
}

const ids = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);
const refusal = new Refusal([simple('INVALID_STATE', 'No.', null)]);

test('records that are refused hold no others, also if they are more than a batch', async () => {
  const refused = ids(120, 'refused');
  const { due, tried, run } = dueRecords(
    [...refused, ...ids(3, 'good')],
    new Map(refused.map(id => [id, refusal])),
  );
  expect(await run()).toBe(false);
  expect([...due]).toEqual(refused);
  expect(tried).toHaveLength(123);
});

test('a record that fails unexpectedly holds no others, and is an error in the log', async () => {
  const { due, logged, run } = dueRecords(
    ['one', 'two', 'three'],
    new Map([['one', new TypeError('A bug.')]]),
  );
  expect(await run()).toBe(false);
  expect([...due]).toEqual(['one']);
  expect(logged).toEqual(['error one']);
});

test('a fault of the database ends the round', async () => {
  const gone = Object.assign(new Error('Gone.'), { code: 'ECONNRESET', fatal: true });
  const { tried, run } = dueRecords(['one', 'two'], new Map([['one', gone]]));
  await expect(run()).rejects.toBe(gone);
  expect(tried).toEqual(['one']);
});

test('while a batch is full, more may be due', async () => {
  const { due, run } = dueRecords(ids(51, 'good'), new Map());
  expect(await run()).toBe(true);
  expect(due.size).toBe(1);
  expect(await run()).toBe(false);
});

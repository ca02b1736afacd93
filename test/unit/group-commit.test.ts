import { GroupCommit } from '../../src/jobs';

interface Unit {
  name: string;
  key?: string;
}

/** A group whose transactions end when they are told to. `sent` has the names of each transaction's units. */
function group(
  fails: (names: string) => boolean = () => false,
  leavesOut: (name: string) => boolean = () => false,
) {
  const sent: string[] = [];
  const ends: (() => void)[] = [];
  const transaction = async (names: string) => {
    sent.push(names);
    await new Promise<void>(resolve => ends.push(resolve));
    if (fails(names)) throw new Error(names);
  };
  const commits = new GroupCommit<Unit, string>({
    keyOf: ({ name, key }) => key ?? name,
    together: async units => {
      await transaction(units.map(({ name }) => name).join(' '));
      const done = units.filter(({ name }) => !leavesOut(name));
      return new Map(done.map(unit => [unit, `${unit.name} together`]));
    },
    alone: async ({ name }) => {
      await transaction(name);
      return `${name} alone`;
    },
  });
  const turn = () => new Promise(resolve => setImmediate(resolve));
  return {
    sent,
    run: (name: string, key?: string) => commits.run({ name, ...(key && { key }) }),
    /** Ends the transactions that are under way. */
    async end() {
      for (const end of ends.splice(0)) end();
      await turn();
    },
  };
}

test('a unit that comes alone begins at once; those that come meanwhile share the next transaction', async () => {
  const { sent, run, end } = group();
  const results = ['a', 'b', 'c'].map(name => run(name));
  expect(sent).toEqual(['a']);
  await end();
  expect(sent).toEqual(['a', 'b c']);
  results.push(run('d'));
  await end();
  await end();
  expect(await Promise.all(results)).toEqual(['a alone', 'b together', 'c together', 'd alone']);
  expect(sent).toEqual(['a', 'b c', 'd']);
});

test('units of one key come one after the other', async () => {
  const { sent, run, end } = group();
  const results = [run('a'), run('b', 'same'), run('c', 'same'), run('d')];
  for (let round = 0; round < 3; round += 1) await end();
  expect(await Promise.all(results)).toEqual(['a alone', 'b together', 'c alone', 'd together']);
  expect(sent).toEqual(['a', 'b d', 'c']);
});

test('after an error each is done alone, and only the one that fails alone is rejected', async () => {
  const { sent, run, end } = group(names => names.includes('c'));
  const results = Promise.allSettled(['a', 'b', 'c', 'd'].map(name => run(name)));
  for (let round = 0; round < 3; round += 1) await end();
  expect(sent).toEqual(['a', 'b c d', 'b', 'c', 'd']);
  expect((await results).map(each => (each.status === 'fulfilled' ? each.value : each.reason))).toEqual([
    'a alone',
    'b alone',
    new Error('c'),
    'd alone',
  ]);
});

test('one that a transaction leaves out is done alone, and holds nobody up', async () => {
  const { sent, run, end } = group(undefined, name => name === 'c');
  const results = ['a', 'b', 'c', 'd'].map(name => run(name));
  await end();
  await end();
  results.push(run('e'));
  expect(sent).toEqual(['a', 'b c d', 'c', 'e']);
  await end();
  expect(await Promise.all(results)).toEqual(['a alone', 'b together', 'c alone', 'd together', 'e alone']);
});

test('a transaction that takes long holds the others up for a quarter of a second, and not longer', async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate'] });
  const { sent, run, end } = group();
  const results = ['a', 'b', 'c'].map(name => run(name));
  await jest.advanceTimersByTimeAsync(249);
  expect(sent).toEqual(['a']);
  await jest.advanceTimersByTimeAsync(1);
  expect(sent).toEqual(['a', 'b c']);
  await end();
  expect(await Promise.all(results)).toEqual(['a alone', 'b together', 'c together']);
  jest.useRealTimers();
});

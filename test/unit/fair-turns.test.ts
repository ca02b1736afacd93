import { FairScheduler } from '../../src/graphql/fair-scheduler';

/** Takes `count` turns for a caller and notes each. */
const take = (turns: FairScheduler, caller: string, count: number, order: string[]) =>
  Promise.all(
    Array.from({ length: count }, async (_, index) => {
      await turns.waitForTurn(caller);
      order.push(`${caller}${index}`);
    }),
  );

test('callers take turns in rotation, and each caller in order', async () => {
  const turns = new FairScheduler();
  const order: string[] = [];
  await Promise.all([take(turns, 'a', 4, order), take(turns, 'b', 2, order), take(turns, 'c', 1, order)]);
  expect(order).toEqual(['a0', 'b0', 'c0', 'a1', 'b1', 'a2', 'a3']);
});

test('other work of the loop runs between two turns, also after turns that were taken earlier', async () => {
  // No turn is long, even if the process is: a long one is followed by a pause.
  const clock = jest.spyOn(performance, 'now').mockReturnValue(0);
  const turns = new FairScheduler();
  for (let round = 0; round < 2; round += 1) {
    const order: string[] = [];
    const taking = take(turns, 'a', 3, order);
    for (let pass = 0; pass < 4; pass += 1) {
      await new Promise(resolve => setImmediate(resolve));
      order.push('-');
    }
    await taking;
    expect(order.join('').replace(/-+$/, '')).toBe('a0-a1-a2');
  }
  clock.mockRestore();
});

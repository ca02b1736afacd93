import { startOfPeriod } from '../support/money/calendar';
import { examples, starts } from './support/money-examples';
import { modelled } from './support/money-model';
import { startStories } from './support/money-story';

let stories: Awaited<ReturnType<typeof startStories>>;
beforeAll(async () => {
  stories = await startStories();
});
afterAll(() => stories.stop());

test('the page has examples and a table', () => {
  expect(examples.length).toBeGreaterThanOrEqual(7);
  expect(starts.length).toBeGreaterThanOrEqual(2);
});

describe.each(examples.map(example => [example.at, example] as const))('the example of %s', (_, example) => {
  test('lists the charges of the gateway', async () => {
    expect(await stories.play(example)).toEqual(example.charges);
  });

  test('lists the charges of the model', () => {
    expect(modelled(example)).toEqual(example.charges.toSorted());
  });
});

test.each(starts)('the periods of %s begin as the table says', async (activation, ...begins) => {
  const words = ['license', '1', '800'];
  const activate = { name: 'activate', time: activation, words };
  const renew = { name: 'renew', time: begins.at(-1) as string, words: [] };
  const life = {
    at: activation,
    currency: 'EUR',
    cycle: 'MONTHLY',
    commands: [activate, renew],
    charges: [],
  };
  const charged = await stories.play({ ...life, cycle: 'MONTHLY' });
  expect(charged.map(line => line.split(' ')[3])).toEqual([activation, ...begins]);
  const counted = begins.map((_, index) => startOfPeriod(Date.parse(activation), 'MONTHLY', index + 1));
  expect(counted).toEqual(begins.map(Date.parse));
});

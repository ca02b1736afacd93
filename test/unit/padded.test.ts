import { padded } from '../../src/database';

const ids = (count: number) => Array.from({ length: count }, (_, index) => `id ${index}`);

test('lists of up to a hundred ids come in seven lengths or stay empty, longer ones in hundreds, with nothing new in them', () => {
  const lengths = new Set<number>();
  for (let count = 0; count <= 250; count += 1) {
    const list = padded(ids(count));
    expect([...new Set(list)]).toEqual(ids(count));
    lengths.add(list.length);
  }
  expect([...lengths]).toEqual([0, 1, 2, 5, 10, 20, 50, 100, 200, 300]);
});

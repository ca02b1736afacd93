import { searchWords, wordsOf } from '../../src/store';

test.each([
  ['Müller & Söhne', ['muller', 'sohne']],
  ['STRASSE Straße', ['strasse']],
  ['Łódź Ørsted', ['lodz', 'orsted']],
  ['İstanbul ﬁnance', ['istanbul', 'finance']],
  ['buyer@north-wind.example', ['buyer', 'north', 'wind', 'example']],
  ['IC-BASE-1TB', ['ic', 'base', '1tb']],
  ['株式会社 サンプル', ['株式会社', 'サンフル']],
  ['Ελλάδα', ['ελλαδα']],
  ["100% _ \\ '", ['100']],
  ['  ', []],
])('the words of %j are %j', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

test('a word is cut at 40 characters', () => {
  expect(wordsOf('x'.repeat(41))).toEqual(['x'.repeat(40)]);
});

test('a blank search is none, and a search without a word finds nothing', () => {
  expect([searchWords(null), searchWords('  '), searchWords('%')]).toEqual([undefined, undefined, []]);
});

test.each([
  ['x'.repeat(101), '`search` can have at most 100 characters.'],
  ['a b c d e f g h i j k', '`search` can have at most 10 words.'],
])('a search %j is refused', (search, message) => {
  expect(() => searchWords(search)).toThrow(message);
});

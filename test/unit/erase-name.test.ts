import { replaceName } from '../../src/events';

test.each([
  ['Ada invites you.', 'X invites you.'],
  ['Skyline is looked after by Ada.', 'Skyline is looked after by X.'],
  ['Adam and Adapter, Ada-Lynn', 'Adam and Adapter, X-Lynn'],
  ['Éada ada', 'Éada ada'],
  ['nothing', 'nothing'],
])('the name Ada in %j', (text, expected) => {
  expect(replaceName(text, 'Ada', 'X')).toBe(expected);
});

test('a name is no pattern, and neither is its pseudonym', () => {
  expect(replaceName('a.c (x) abc', 'a.c (x)', '$& $1')).toBe('$& $1 abc');
});

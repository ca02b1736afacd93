import fc from 'fast-check';
import { assertedEmail, canonicalEmail, emailSkeleton, isId } from '../../src/entities';
import { networkOf } from '../../src/transport/client-address';

const INVISIBLE = ['\u00ad', '\u200b', '\u200d', '\u2060', '\ufe0f', '\u3164', '\u202e'];

test.each([
  ['Admin@BSS.Example', 'admin@bss.example'],
  [' admin@bss.example\n', 'admin@bss.example'],
  ['ａｄｍｉｎ＠bss.example', 'admin@bss.example'],
  ['ada@münchen.example', 'ada@xn--mnchen-3ya.example'],
  ['ada@mu\u0308nchen.example', 'ada@xn--mnchen-3ya.example'],
  ['ada@XN--MNCHEN-3YA.example', 'ada@xn--mnchen-3ya.example'],
  // A Cyrillic letter makes another domain, and looks like one.
  ['ada@exаmple.com', 'ada@xn--exmple-4nf.com'],
])('the canonical form of %j is %s', (text, canonical) => {
  expect(canonicalEmail(text)).toBe(canonical);
  expect(canonicalEmail(canonical)).toBe(canonical);
});

test.each([
  'àdmin@bss.example',
  'аdmin@bss.example',
  'admin',
  '@bss.example',
  'admin@',
  'ad min@bss.example',
  'admin@bss.example\u0000',
  'ada@ü%6d.example',
  'ada@xn--a.example',
  `${'a'.repeat(200)}@bss.example`,
  ...INVISIBLE.flatMap(each => [`ad${each}min@bss.example`, `admin@bss${each}.example`]),
])('%j is not an e-mail address', text => expect(canonicalEmail(text)).toBeUndefined());

test('the canonical form of any text is ASCII and its own canonical form', () => {
  const letter = fc.oneof(fc.constantFrom(...'aA.-@éＡаß%', ...INVISIBLE), fc.string({ unit: 'grapheme' }));
  fc.assert(
    fc.property(fc.array(letter), letters => {
      const text = `${letters.join('')}@${letters.toReversed().join('')}.example`;
      const canonical = canonicalEmail(text) ?? 'a@b.example';
      expect(canonical).toMatch(/^[\x21-\x7e]+$/);
      expect(canonicalEmail(canonical)).toBe(canonical);
      expect(emailSkeleton(canonical)).toBe(canonical);
    }),
  );
});

test('an e-mail of an identity provider matches in another case only', () => {
  expect(assertedEmail('Admin@BSS.example')).toBe('admin@bss.example');
  for (const other of ['ａdmin@bss.example', 'admin@ｂss.example', 'admin@bss.example ', 'àdmin@bss.example'])
    expect(assertedEmail(other)).toBeUndefined();
});

test.each([
  'buyér@contoso.example',
  'BUYER@contoso.example ',
  'ｂuyer@contoso.example',
  'buye\u0301r@contoso.example',
  ...INVISIBLE.map(each => `buy${each}er@contoso.example`),
])('%j is counted as the e-mail that it resembles', text =>
  expect(emailSkeleton(text)).toBe('buyer@contoso.example'),
);

test('an id is a prefix and 26 characters, and nothing else', () => {
  const id = 'usr_01kdvdna00fajaqmwnreafs7dm';
  expect(isId(id)).toBe(true);
  const others = [
    `${id} `,
    ` ${id}`,
    `${id}\n`,
    `${id}0`,
    id.slice(0, -1),
    id.toUpperCase(),
    id.replace('m', 'u'),
    `usr_8${id.slice(5)}`,
    `${id}\u0000`,
    '',
  ];
  for (const other of others) expect(isId(other)).toBe(false);
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::1'],
  ['2001:0db8:0001:0002::', '2001:DB8:1:2:ffff::'],
  ['fe80::1%eth0', 'fe80::2'],
])('%s and %s are one network', (one, other) => expect(networkOf(one)).toBe(networkOf(other)));

test('neighbors are two networks', () => {
  expect(networkOf('192.0.2.7')).not.toBe(networkOf('192.0.2.8'));
  expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'));
  expect(networkOf('unknown')).toBe('unknown');
});

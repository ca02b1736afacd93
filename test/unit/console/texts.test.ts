import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSchema, isEnumType } from 'graphql';
import { shownLiterals } from './support/literals';
import { sourceFiles } from './support/source';
import { baseOf, namespacesOf, placeholdersOf, pluralsOf, readTexts } from './support/texts';
import { keyUse } from './support/used-keys';

const LANGUAGES = ['en', 'de'];

/** Meanings of the error codes: English ones come from the gateway. */
const ERRORS = 'errors';
const NAMESPACES = namespacesOf('en').filter(name => name !== ERRORS);

const files = sourceFiles();

test('both languages have the same namespaces', () => {
  expect(namespacesOf('de').sort()).toEqual(namespacesOf('en').sort());
});

test.each(NAMESPACES)('%s has the same keys and placeholders in both languages', namespace => {
  const [english, german] = LANGUAGES.map(language => readTexts(language, namespace)) as [
    ReturnType<typeof readTexts>,
    ReturnType<typeof readTexts>,
  ];
  expect([...german.keys()].map(baseOf).sort()).toEqual([...english.keys()].map(baseOf).sort());
  expect(placeholdersOf(german)).toEqual(placeholdersOf(english));
});

test.each(LANGUAGES.flatMap(language => namespacesOf(language).map(name => [language, name] as const)))(
  '%s %s: no text is empty, and every plural has the forms of the language',
  (language, namespace) => {
    const texts = readTexts(language, namespace);
    expect([...texts].filter(([, text]) => text.trim() === '')).toEqual([]);
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    const incomplete = [...pluralsOf(texts)].filter(([, found]) => found.sort().join() !== forms.join());
    expect(incomplete).toEqual([]);
  },
);

test('every text is used', () => {
  const isUsed = keyUse(files);
  const unused = NAMESPACES.flatMap(namespace =>
    [...readTexts('en', namespace).keys()]
      .filter(key => !isUsed(namespace, baseOf(key)))
      .map(key => `${namespace}:${key}`),
  );
  expect(unused).toEqual([]);
});

test('meanings of error codes are those of codes of the schema', () => {
  const schema = buildSchema(readFileSync(resolve(__dirname, '../../../schema/schema.graphql'), 'utf8'));
  const codes = schema.getType('UserErrorCode');
  const known = isEnumType(codes) ? codes.getValues().map(({ name }) => name) : [];
  expect([...readTexts('de', ERRORS).keys()].filter(code => !known.includes(code))).toEqual([]);
});

test('the code has no literal text', () => {
  const found = files.flatMap(({ path, tree }) => shownLiterals(tree).map(text => `${path}: ${text}`));
  expect(found).toEqual([]);
});

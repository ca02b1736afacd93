import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const LOCALES = resolve(__dirname, '../../../../web/locales');

/** Texts of a namespace by key: `products.title`. */
export type Texts = ReadonlyMap<string, string>;

/** Names of the namespaces of a language. */
export const namespacesOf = (language: string): string[] =>
  readdirSync(resolve(LOCALES, language)).map(name => name.replace(/\.json$/, ''));

/** Reads the texts of a namespace. */
export const readTexts = (language: string, namespace: string): Texts =>
  new Map(flatten(JSON.parse(readFileSync(resolve(LOCALES, language, `${namespace}.json`), 'utf8'))));

const flatten = (texts: object, above = ''): [string, string][] =>
  Object.entries(texts).flatMap(([name, value]) =>
    typeof value === 'string' ? [[above + name, value]] : flatten(value, `${above}${name}.`),
  );

const PLURAL = /_(zero|one|two|few|many|other)$/;

/** Key without its plural form, as the code has it. */
export const baseOf = (key: string): string => key.replace(PLURAL, '');

/** Plural forms of each key that has some. */
export function pluralsOf(texts: Texts): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const key of texts.keys()) {
    const form = PLURAL.exec(key)?.[1];
    if (form) found.set(baseOf(key), [...(found.get(baseOf(key)) ?? []), form]);
  }
  return found;
}

/** Names of values and elements in a text: `{{count, number}}` and `<name>`. */
const namesIn = (text: string): string[] =>
  [...text.matchAll(/\{\{\s*(\w+)[^}]*\}\}|<(\w+)\s*\/?>/g)].map(
    ([, value, element]) => value ?? `<${element}>`,
  );

/** Names of values and elements by key. Plural forms are taken together: “one step” needs no number. */
export function placeholdersOf(texts: Texts): Record<string, string[]> {
  const found: Record<string, Set<string>> = {};
  for (const [key, text] of texts) {
    const names = found[baseOf(key)] ?? new Set();
    found[baseOf(key)] = names;
    for (const name of namesIn(text)) names.add(name);
  }
  return Object.fromEntries(Object.entries(found).map(([key, names]) => [key, [...names].sort()]));
}

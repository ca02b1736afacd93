import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/root';
import { commands, runsElsewhere, runsHere } from './support/commands';
import { type Block, pages } from './support/pages';

/** What the fenced blocks are written in: run, or for the eye. */
const LANGUAGES = [
  // test/docs/money.test.ts executes these.
  'money',
  'sh',
  'diff',
  'graphql',
  'json',
  'ts',
  'js',
  'mermaid',
  'text',
  'http',
  'nginx',
  'ini',
  'yaml',
  'sql',
];

test('every command of the pages is run, here or in the named test file', () => {
  const nowhere = commands.filter(command => !runsHere(command) && !runsElsewhere(command));
  expect(nowhere.map(({ at, text }) => `${at}: ${text}`)).toEqual([]);
});

test('the named test files exist', () => {
  const places = new Set(commands.flatMap(command => runsElsewhere(command) ?? []));
  expect([...places].filter(place => !existsSync(join(ROOT, place)))).toEqual([]);
});

test('the packages that the pages install are the tested packages', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const known = { ...dependencies, ...devDependencies };
  const asked = commands.flatMap(({ text }) =>
    /^npm install /.test(text) ? text.split(/\s+/).slice(2) : [],
  );
  expect(asked.filter(name => name !== '-D' && !known[name])).toEqual([]);
});

test('every code block names its language', () => {
  const isText = ({ language, text }: Block) =>
    language === '' && !/^\s*(\$|npm|npx|node|curl|mariadb)\b/m.test(text);
  const others = pages.flatMap(({ blocks }) =>
    blocks.filter(block => !LANGUAGES.includes(block.language) && !isText(block)),
  );
  expect(others.map(({ at, language }) => `${at}: ${language}`)).toEqual([]);
});

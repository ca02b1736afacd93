import { type Cycle } from '../../support/money/calendar';
import { pages } from './pages';

/** Line of an example: what happens, when, and its words. */
export interface Command {
  name: string;
  time: string;
  words: string[];
}

/** Example of docs/money.md. */
export interface Example {
  at: string;
  currency: string;
  cycle: Cycle;
  commands: Command[];
  /** Charges as the page lists them, with one blank between two words. */
  charges: string[];
}

/** Units with a price, as `addon 3 750`. */
export interface Units {
  item: string;
  quantity: number;
  unitMinor: number;
}

export function unitsOf(words: readonly string[]): Units[] {
  const all: Units[] = [];
  for (let at = 0; at < words.length; at += 3) {
    const [item, quantity, unitMinor] = words.slice(at, at + 3);
    all.push({ item: item as string, quantity: Number(quantity), unitMinor: Number(unitMinor) });
  }
  return all;
}

const COMMANDS = ['activate', 'add', 'reduce', 'change', 'schedule', 'confirm', 'renew', 'end'];

function commandOf(line: string, at: string): Command {
  const [name = '', time = '', ...words] = line.split(/\s+/);
  if (!COMMANDS.includes(name)) throw new Error(`${at}: there is no command ${name}`);
  return { name, time, words };
}

function exampleOf(text: string, at: string): Example {
  const [commands = '', charges = ''] = text.trim().split('\n\n');
  const all = commands.split('\n').map(line => commandOf(line, at));
  const [first] = all;
  if (first?.name !== 'activate') throw new Error(`${at}: an example begins with activate`);
  const [cycle, currency, ...words] = first.words;
  return {
    at,
    currency: currency as string,
    cycle: cycle as Cycle,
    commands: [{ ...first, words }, ...all.slice(1)],
    charges: charges.split('\n').map(line => line.replace(/\s+/g, ' ')),
  };
}

const page = pages.find(({ path }) => path === 'docs/money.md');

export const examples: readonly Example[] = (page?.blocks ?? [])
  .filter(({ language }) => language === 'money')
  .map(({ text, at }) => exampleOf(text, at));

/** Rows of the table of starts of periods: the activation, and the starts of the periods after the first. */
export const starts: readonly string[][] = (page?.source ?? '')
  .split('\n')
  .filter(line => /^\| \d{4}-/.test(line))
  .map(line => line.split('|').flatMap(cell => cell.trim() || []));

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, Kind, parse, validate } from 'graphql';
import { ROOT } from '../../support/root';
import type { Command } from './commands';
import { type Block } from './pages';
import { type Answer, type Reader, writeExample } from './reader';

const schema = buildSchema(readFileSync(join(ROOT, 'schema/schema.graphql'), 'utf8'));

/** A block's own file: `ts shop.ts`. */
export const fileOf = ({ notes }: Block): string | undefined =>
  notes.find(note => /\.\w+$/.test(note) && !note.startsWith('as='));

/** Whether a block shows a few lines of a program that is not the reader's: they stand for nothing by themselves. */
export const isPart = ({ notes }: Block): boolean => notes.includes('part');

/** Errors that an answer, or a payload in it, tells of. */
function errorsIn(answer: Answer): unknown[] {
  const payloads = Object.values(answer.data ?? {}) as ({ errors?: unknown[] } | null)[];
  return [...(answer.errors ?? []), ...payloads.flatMap(payload => payload?.errors ?? [])];
}

/** Whether it went as the document has it: done, or with errors where the block says `refused`. */
function expectAsSaid({ at, notes }: { at: string; notes: string[] }, errors: unknown[]): void {
  if (notes.includes('refused')) expect([at, errors.length > 0]).toEqual([at, true]);
  else expect([at, errors]).toEqual([at, []]);
}

/**
 * Validates an example and, where it is an operation and no file, sends it: as the `as=` of its block, with the JSON
 * block behind it as its variables. Its answer contains what the block says that it `shows=`.
 */
export async function tryGraphql(reader: Reader, block: Block, values: Block | undefined): Promise<void> {
  const document = parse(block.text);
  if (document.definitions.every(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)) return;
  expect([block.at, validate(schema, document).map(({ message }) => message)]).toEqual([block.at, []]);
  if (fileOf(block)) return;
  const variables = reader.fill(values?.language === 'json' ? JSON.parse(values.text) : {});
  const as = block.notes.find(note => note.startsWith('as='))?.slice(3);
  const answer = await reader.send(as, block.text, variables as object);
  expectAsSaid(block, errorsIn(answer));
  for (const note of block.notes) {
    if (note.startsWith('shows=')) expect(JSON.stringify(answer)).toContain(note.slice('shows='.length));
  }
}

/** Every answer of GraphQL that `curl` has had since the last look. */
function answersOf({ folder }: Reader): Answer[] {
  const file = join(folder, 'answers');
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  rmSync(file);
  // One after the other, with or without a line between them.
  return text.split(/(?<=\})\s*(?=\{"(?:data|errors)")/).flatMap(part => {
    const isGraphql = /^\s*\{"(data|errors)"/.test(part);
    return isGraphql ? [JSON.parse(part)] : [];
  });
}

/** Runs a command; it has to end well, and what `curl` got with it too. */
export async function tryCommand(reader: Reader, command: Command): Promise<void> {
  const { at, text } = command;
  const { code, output, errors } = await reader.shell.run(reader.here(text));
  if (code !== 0) throw new Error(`${at}: ${text}\nended with ${code}: ${errors}${output}`);
  expectAsSaid(command, answersOf(reader).flatMap(errorsIn));
}

const COMPILER = {
  target: 'es2022',
  module: 'preserve',
  lib: ['es2023', 'dom', 'dom.iterable'],
  types: ['node'],
  strict: true,
  skipLibCheck: true,
  noEmit: true,
};

/** Checks the types of all that the reader has written in TypeScript, and runs it, one file after the other. */
export async function tryPrograms(reader: Reader, names: readonly string[]): Promise<void> {
  writeExample(reader, 'package.json', JSON.stringify({ type: 'module' }));
  writeExample(reader, 'tsconfig.json', JSON.stringify({ compilerOptions: COMPILER, files: names }));
  const run = (at: string, text: string) => tryCommand(reader, { at, text, notes: [] });
  await run(names.join(), 'npx tsc -p .');
  for (const name of names) {
    await run(name, `npx vite build --ssr ${name} --outDir out --logLevel error`);
    // A browser has a WebSocket; so has Node from 22 on.
    await run(name, `NODE_OPTIONS=--experimental-websocket timeout 30 node out/${name.replace(/ts$/, 'js')}`);
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildSchema, Kind, parse, validate } from 'graphql';
import { type Mariadb, startMariadb } from '../../src/local/mariadb';
import { type Command, commandsOf, isShell, runsHere, serves } from './support/commands';
import { type Block, type Page, pages, ROOT } from './support/pages';
import { type Reader, startReading, writeExample } from './support/reader';
import { npmStart, type Skybasket } from './support/skybasket';

jest.setTimeout(120_000);

const schema = buildSchema(readFileSync(join(ROOT, 'schema/schema.graphql'), 'utf8'));
let skybasket: Skybasket;
let server: Mariadb;

beforeAll(async () => {
  // An operator's database server: nothing of ours in it.
  server = await startMariadb({ throwaway: true, log: () => undefined });
  skybasket = await npmStart();
});
afterAll(async () => {
  await skybasket?.stop();
  await server?.stop();
});

/** A block's own file: `ts shop.ts`. */
const fileOf = ({ notes }: Block) => notes.find(note => /\.\w+$/.test(note) && !note.startsWith('as='));

/** What a GraphQL example is sent as: `graphql as=sales@skyline.example`. */
const callerOf = ({ notes }: Block) => notes.find(note => note.startsWith('as='))?.slice(3);

/** Errors that an answer, or a payload in it, tells of. */
function errorsIn(answer: { data?: Record<string, unknown> | null; errors?: unknown[] }): unknown[] {
  const payloads = Object.values(answer.data ?? {}) as ({ errors?: unknown[] } | null)[];
  return [...(answer.errors ?? []), ...payloads.flatMap(payload => payload?.errors ?? [])];
}

/** Validates an example and, where it is an operation of its own, sends it; `values` is the JSON block behind it. */
async function tryGraphql(reader: Reader, block: Block, values: Block | undefined): Promise<void> {
  const document = parse(block.text);
  const fragmentsOnly = document.definitions.every(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  if (!fragmentsOnly) expect([block.at, validate(schema, document)]).toEqual([block.at, []]);
  if (fragmentsOnly || fileOf(block)) return;
  const variables = reader.fill(values?.language === 'json' ? JSON.parse(values.text) : {});
  const answer = await reader.send(callerOf(block), block.text, variables as object);
  const errors = errorsIn(answer);
  if (block.notes.includes('refused')) expect(errors).not.toEqual([]);
  else expect([block.at, errors]).toEqual([block.at, []]);
}

/** Every answer that `curl` has had since the last look. */
function answersOf({ folder }: Reader): { data?: Record<string, unknown>; errors?: unknown[] }[] {
  const file = join(folder, 'answers');
  if (!existsSync(file)) return [];
  const text = readFileSync(file, 'utf8');
  rmSync(file);
  // One after the other, with or without a line between them.
  return text.split(/(?<=\})\s*(?=\{"(?:data|errors)")/).flatMap(part => {
    try {
      return [JSON.parse(part)];
    } catch {
      return [];
    }
  });
}

async function tryCommand(reader: Reader, { at, text, notes }: Command): Promise<void> {
  const { code, output, errors } = await reader.shell.run(reader.here(text));
  if (code !== 0) throw new Error(`${at}: ${text}\nended with ${code}: ${errors}${output}`);
  const refusals = answersOf(reader).flatMap(errorsIn);
  if (!notes.includes('refused')) expect([at, refusals]).toEqual([at, []]);
}

/** Starts a process that serves, in the reader's environment, and waits until it says where. */
async function serve(reader: Reader, { text }: Command): Promise<ChildProcess> {
  const { output } = await reader.shell.run('export -p');
  const child = spawn('bash', ['-c', `${output}\nexport PORT=0\nexec ${text}`], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const url = await new Promise<string>((resolve, reject) => {
    lines.on('line', line => {
      const [, found] = /listens at (\S+)/.exec(line) ?? [];
      if (found) resolve(found);
    });
    child.once('exit', code => reject(new Error(`${text} ended with ${code}`)));
  });
  reader.moveTo(url);
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

/** Checks the types of all that the reader has written, and runs it, in the order of its names. */
async function tryPrograms(reader: Reader, names: readonly string[]): Promise<void> {
  const options = {
    target: 'es2022',
    module: 'nodenext',
    lib: ['es2023', 'dom'],
    types: ['node'],
    strict: true,
    skipLibCheck: true,
    outDir: 'out',
    rootDir: '.',
  };
  writeExample(reader, 'tsconfig.json', JSON.stringify({ compilerOptions: options, include: ['**/*.ts'] }));
  await tryCommand(reader, { at: 'tsc', text: 'npx tsc -p .', notes: [] });
  for (const name of names) {
    const program = `NODE_OPTIONS=--experimental-websocket node out/${name.replace(/ts$/, 'js')}`;
    await tryCommand(reader, { at: name, text: `timeout 30 ${program}`, notes: [] });
  }
}

/** Does what the page says, from its beginning to its end. */
async function work(page: Page, reader: Reader): Promise<void> {
  const programs: string[] = [];
  const processes: ChildProcess[] = [];
  try {
    for (const [index, block] of page.blocks.entries()) {
      const file = fileOf(block) ?? (block.language === 'ts' ? `example-${index}.ts` : undefined);
      if (file) writeExample(reader, file, reader.here(block.text));
      if (block.language === 'ts' && file) programs.push(file);
      if (block.language === 'json') JSON.parse(block.text);
      if (block.language === 'graphql') await tryGraphql(reader, block, page.blocks[index + 1]);
      for (const command of isShell(block) ? commandsOf(block).filter(runsHere) : []) {
        if (serves(command)) processes.push(await serve(reader, command));
        else await tryCommand(reader, command);
      }
    }
    if (programs.length > 0) await tryPrograms(reader, programs);
  } finally {
    for (const child of processes) await end(child);
  }
}

const worked = pages.filter(({ blocks }) =>
  blocks.some(block => ['sh', 'graphql', 'ts', 'json'].includes(block.language)),
);

test.each(worked.map(page => [page.path, page] as const))('%s does what it says', async (_, page) => {
  const database = new URL(server.url);
  const reader = await startReading(skybasket, {
    MYSQL_HOST: database.hostname,
    MYSQL_TCP_PORT: database.port,
    MYSQL_USER: database.username,
    MYSQL_PWD: database.password,
    SIMULATOR: skybasket.simulatorUrl,
  });
  try {
    await work(page, reader);
  } finally {
    await reader.leave();
  }
});

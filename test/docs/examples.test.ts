import { createConnection } from 'mysql2/promise';
import { type DatabaseServer, startDatabase } from '../../dev/local/database-server';
import { commandsOf, isShell, runsHere, serves } from './support/commands';
import { fileOf, isPart, tryCommand, tryGraphql, tryPrograms } from './support/examples';
import { type Block, type Page, pages } from './support/pages';
import { type Reader, startReading, writeExample } from './support/reader';
import { serve } from './support/serve';
import { npmStart, type Skybasket } from './support/skybasket';

jest.setTimeout(120_000);

let skybasket: Skybasket;
let server: DatabaseServer;

beforeAll(async () => {
  // An operator's database server; nothing that the guide makes is there yet.
  server = await startDatabase({ throwaway: true, log: () => undefined });
  const connection = await createConnection(server.url);
  await connection.query('DROP DATABASE skybasket');
  await connection.end();
  skybasket = await npmStart();
});
afterAll(async () => {
  await skybasket?.stop();
  await server?.stop();
});

type Stop = () => Promise<void>;

async function tryShell(reader: Reader, block: Block, started: Stop[]): Promise<void> {
  for (const command of commandsOf(block).filter(runsHere)) {
    if (serves(command)) started.push(await serve(reader, command));
    else await tryCommand(reader, command);
  }
}

function missingName({ at }: Block): never {
  throw new Error(`${at}: say in which file it stands, as in "ts shop.ts", or that it is a "ts part" of one`);
}

/** Does what the page says, from its beginning to its end; then checks and runs the programs that it has had written. */
async function work({ blocks }: Page, reader: Reader, started: Stop[]): Promise<void> {
  const programs: string[] = [];
  for (const [index, block] of blocks.entries()) {
    const { language, text } = block;
    const file = fileOf(block);
    if (file) writeExample(reader, file, reader.here(text));
    if (language === 'ts' && !isPart(block)) programs.push(file ?? missingName(block));
    if (language === 'json') JSON.parse(text);
    if (language === 'graphql') await tryGraphql(reader, block, blocks[index + 1]);
    if (isShell(block)) await tryShell(reader, block, started);
  }
  // A guide that has its reader compile has done so by now.
  const compiled = blocks.some(block => isShell(block) && /^npx tsc /m.test(block.text));
  if (programs.length > 0 && !compiled) await tryPrograms(reader, programs);
}

const TRIED = ['sh', 'graphql', 'ts', 'json'];
const worked = pages.filter(({ blocks }) => blocks.some(({ language }) => TRIED.includes(language)));

test.each(worked.map(page => [page.path, page] as const))(
  'the examples of %s run with the documented results',
  async (_, page) => {
    const { hostname, port, username, password } = new URL(server.url);
    const reader = await startReading(skybasket, {
      MYSQL_HOST: hostname,
      MYSQL_TCP_PORT: port,
      MYSQL_USER: username,
      MYSQL_PWD: password,
      SIMULATOR: skybasket.simulatorUrl,
    });
    const started: Stop[] = [];
    try {
      await work(page, reader, started);
    } finally {
      for (const stop of started) await stop();
      await reader.leave();
    }
  },
);

test('the pages of npm start offer the users of the demo data', async () => {
  const page = await (await fetch(`${skybasket.url}/console`)).text();
  expect(page).toContain('&quot;buyer@northwind.example&quot;');
});

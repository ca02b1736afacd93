import { newKey } from '../support/api-keys';
import { type MailGateway, startMailGateway } from '../support/mails';
import { expected } from './expected';
import { ALLOWED, HIDDEN, KINDS, type Kind, OPEN, OWN_CELLS } from './expected-keys';
import { createQuestioner, type Questioner } from './questioner';
import { mutations, queries, streams } from './questions';
import { buildWorlds, CALLERS, EMAILS, type World, type Worlds } from './worlds';

jest.setTimeout(120_000);

/** A key of a kind with one scope, and `READ`. */
interface KeyCaller {
  kind: Kind;
  scope: string;
  token: string;
}

let mails: MailGateway;
let worlds: Worlds;
let questioner: Questioner;
let callers: KeyCaller[];
beforeAll(async () => {
  mails = await startMailGateway();
  worlds = await buildWorlds(mails.gateway);
  questioner = await createQuestioner(mails.gateway);
  callers = [];
  for (const [kind, scopes] of Object.entries(KINDS) as [Kind, readonly string[]][]) {
    for (const scope of scopes) {
      const { secret } = await newKey(mails.gateway, EMAILS[kind], [scope]);
      callers.push({ kind, scope, token: secret });
    }
  }
});
afterAll(() => mails.stop());

/** The cell of the user of a key. */
const cellOf = (row: readonly string[] | undefined, kind: Kind) => row?.[CALLERS.indexOf(kind)] ?? '';

/** `own/foreign`, in full. */
const pair = (cell: string) => (cell.includes('/') ? cell : `${cell}/${cell}`);

type Ask = (world: World, token: string) => Promise<string>;

/** What each key gets, by its name, and what it should get. */
async function compare(ask: Ask, wanted: (caller: KeyCaller) => string): Promise<void> {
  const got: Record<string, string> = {};
  const expectedCells: Record<string, string> = {};
  for (const caller of callers) {
    const { kind, scope, token } = caller;
    const own = await ask(worlds.own[kind], token);
    got[`${kind} ${scope}`] = `${own}/${await ask(worlds.foreign, token)}`;
    expectedCells[`${kind} ${scope}`] = pair(wanted(caller));
  }
  expect(got).toEqual(expectedCells);
}

test('the scopes allow mutations that exist', () => {
  const named = Object.values(ALLOWED).flat();
  expect(named.filter(name => !(name in mutations))).toEqual([]);
});

test.each(Object.keys(expected.Node))('node: %s', async type => {
  await compare(
    (world, token) => questioner.node(type, world, token),
    ({ kind, scope }) => {
      const needsScope = type === 'Invitation' && scope !== 'CUSTOMERS';
      return needsScope || HIDDEN.Node.includes(type) ? '-' : cellOf(expected.Node[type], kind);
    },
  );
});

test.each(Object.entries(queries))('query: %s', async (name, question) => {
  await compare(
    (world, token) => questioner.query(question(world), token),
    ({ kind }) => (HIDDEN.Query.includes(name) ? '-' : cellOf(expected.Query[name], kind)),
  );
});

test.each(Object.entries(streams))('stream: %s', async (name, question) => {
  await compare(
    (world, token) => questioner.stream(question(world), world, token),
    ({ kind }) => cellOf(expected.Subscription[name], kind),
  );
});

/** What a key gets from a mutation: what its user gets with the scope, and FORBIDDEN without. */
function mutationCell(name: string, { kind, scope }: KeyCaller): string {
  if (name === 'signOut') return 'done';
  const own = cellOf(expected.Mutation[name], kind);
  if (OPEN.includes(name)) return own;
  if (!ALLOWED[scope]?.includes(name)) return 'FORBIDDEN';
  const [different] = [`${kind} ${scope}`, scope, kind].flatMap(key => OWN_CELLS[key]?.[name] ?? []);
  return different ?? own;
}

test.each(Object.entries(mutations))('mutation: %s', async (name, question) => {
  const before = await questioner.rowsOf(worlds.foreign);
  await compare(
    (world, token) => questioner.mutation(name, question(world), token),
    caller => mutationCell(name, caller),
  );
  expect(await questioner.rowsOf(worlds.foreign)).toEqual(before);
});

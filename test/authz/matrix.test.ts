import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSchema, type GraphQLInterfaceType } from 'graphql';
import { type MailGateway, startMailGateway } from '../support/mails';
import { expected } from './expected';
import { createQuestioner, type Questioner } from './questioner';
import { mutations, queries, streams } from './questions';
import { buildWorlds, CALLERS, type Caller, type World, type Worlds } from './worlds';

let mails: MailGateway;
let worlds: Worlds;
let questioner: Questioner;
beforeAll(async () => {
  mails = await startMailGateway();
  worlds = await buildWorlds(mails.gateway);
  questioner = await createQuestioner(mails.gateway);
}, 60_000);
afterAll(() => mails.stop());

const schema = buildSchema(readFileSync(resolve(__dirname, '../../schema/schema.graphql'), 'utf8'));
const names = (root: 'Query' | 'Mutation' | 'Subscription') =>
  Object.keys((schema.getType(root) as any).getFields()).sort();
const nodeTypes = schema
  .getPossibleTypes(schema.getType('Node') as GraphQLInterfaceType)
  .map(({ name }) => name)
  .sort();

test('the matrix has a row for every query, mutation, stream and type of node, and no other', () => {
  expect(Object.keys(queries).sort()).toEqual(names('Query'));
  expect(Object.keys(mutations).sort()).toEqual(names('Mutation'));
  expect(Object.keys(streams).sort()).toEqual(names('Subscription'));
  const { Query, Mutation, Subscription, Node } = expected;
  expect(Object.keys(Query).sort()).toEqual(names('Query'));
  expect(Object.keys(Mutation).sort()).toEqual(names('Mutation'));
  expect(Object.keys(Subscription).sort()).toEqual(names('Subscription'));
  expect(Object.keys(Node).sort()).toEqual(nodeTypes);
  const widths = [Query, Mutation, Subscription, Node].flatMap(rows =>
    Object.values(rows).map(row => row.length),
  );
  expect(new Set(widths)).toEqual(new Set([CALLERS.length]));
});

/** Asks about the caller's own world and about another's: `seen`, or `seen/-` where the two differ. */
async function both(
  caller: Caller,
  ask: (world: World, token: string | null) => Promise<string>,
): Promise<string> {
  const token = await worlds.token(caller);
  const own = await ask(worlds.own[caller], token);
  const foreign = await ask(worlds.foreign, token);
  return own === foreign ? own : `${own}/${foreign}`;
}

const row = (ask: (world: World, token: string | null) => Promise<string>) =>
  CALLERS.reduce<Promise<string[]>>(
    async (before, caller) => [...(await before), await both(caller, ask)],
    Promise.resolve([]),
  );

test.each(nodeTypes)('node: %s', async type => {
  expect(await row((world, token) => questioner.node(type, world, token))).toEqual(expected.Node[type]);
});

test.each(Object.entries(queries))('query: %s', async (name, question) => {
  expect(await row((world, token) => questioner.query(question(world), token))).toEqual(expected.Query[name]);
});

test.each(Object.entries(streams))('stream: %s', async (name, question) => {
  const cells = await row((world, token) => questioner.stream(question(world), world, token));
  expect(cells).toEqual(expected.Subscription[name]);
});

test.each(Object.entries(mutations))('mutation: %s', async (name, question) => {
  const before = await questioner.rowsOf(worlds.foreign);
  const cells = await row((world, token) => questioner.mutation(name, question(world), token));
  expect(cells).toEqual(expected.Mutation[name]);
  // A new key comes with a user of its own.
  if (name !== 'createApiKey' && name !== 'revokeApiKey')
    expect(await questioner.rowsOf(worlds.foreign)).toEqual(before);
});

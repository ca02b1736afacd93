import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSchema, type GraphQLInterfaceType } from 'graphql';
import { demoId } from '../../dev/demo-data/ids';
import type { TestGateway } from '../support/gateway';
import { type MailGateway, startMailGateway } from '../support/mails';
import { connect } from '../support/sockets';
import { expected } from './expected';
import { mutations, queries, streams } from './questions';
import { buildWorlds, CALLERS, type Caller, type World, type Worlds } from './worlds';

let mails: MailGateway;
let gateway: TestGateway;
let worlds: Worlds;
beforeAll(async () => {
  mails = await startMailGateway();
  ({ gateway } = mails);
  worlds = await buildWorlds(gateway);
  const { data } = await gateway.send(null, '{ providers { id name } }');
  const [{ id, name }] = data.providers;
  CATALOG.Provider = id;
  await gateway.rows(
    `INSERT INTO catalog_imports (id, provider, state, total, done, changes, startedAt) VALUES (?, ?, 'RUNNING', 1, 0, '[]', NOW(3))`,
    [CATALOG.CatalogImport, name],
  );
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

const CATALOG: Record<string, string> = {
  Service: demoId('svc', 'impossible-cloud-storage'),
  Category: demoId('cat', 'impossible-cloud'),
  Product: demoId('prod', 'IC-BASE-1TB'),
  Addon: demoId('add', 'IC-ADD-1TB'),
  PriceList: demoId('pl', 'public'),
  CatalogImport: demoId('imp', 'matrix'),
};

/** What a caller gets: a code, or whether there is anything of it in the answer. */
function shown({ data, errors }: { data: any; errors?: any }): string {
  if (errors) return errors[0].extensions.code;
  const empty = (value: any): boolean =>
    value === null ||
    (Array.isArray(value) ? value.every(empty) : 'nodes' in Object(value) && value.nodes.length === 0);
  return Object.values(data).every(empty) ? '-' : 'seen';
}

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
  const ids = await row(async (world, token) => {
    const id = CATALOG[type] ?? world[type as keyof World];
    return shown(await gateway.send(token, 'query ($id: ID!) { node(id: $id) { id } }', { id }));
  });
  expect(ids).toEqual(expected.Node[type]);
});

test.each(Object.entries(queries))('query: %s', async (name, question) => {
  const cells = await row(async (world, token) => shown(await gateway.send(token, `{ ${question(world)} }`)));
  expect(cells).toEqual(expected.Query[name]);
});

test.each(Object.entries(streams))('stream: %s', async (name, question) => {
  const cells = await row(async (world, token) => {
    const client = await connect(gateway.url, token);
    client.send({ type: 'subscribe', id: '1', payload: { query: `subscription { ${question(world)} }` } });
    const message = await client.next(({ id, type }) => id === '1' || type === 'never');
    client.socket.terminate();
    const { payload } = message;
    if (message.type === 'error') return payload[0].extensions.code;
    if (payload.errors) return payload.errors[0].extensions.code;
    const { requests } = payload.data.cancellationUpdates ?? {};
    const seen = !requests || requests.some(({ id }: any) => id === world.CancellationRequest);
    return seen ? 'seen' : '-';
  });
  expect(cells).toEqual(expected.Subscription[name]);
});

/** Everything that a mutation about another's world could have written to. */
async function foreignRows(): Promise<unknown> {
  const { Account, Basket, CloudSubscription, Order, CancellationRequest } = worlds.foreign;
  const tables = {
    accounts: Account,
    baskets: Basket,
    subscriptions: CloudSubscription,
    orders: Order,
    cancellation_requests: CancellationRequest,
  };
  const rows = Object.entries(tables).map(([table, id]) =>
    gateway.rows(`SELECT * FROM ${table} WHERE id = ?`, [id]),
  );
  const others = ['order_lines', 'operations', 'users'].map(table =>
    gateway.rows(`SELECT * FROM ${table} ORDER BY id`),
  );
  return Promise.all([...rows, ...others]);
}

test.each(Object.entries(mutations))('mutation: %s', async (name, question) => {
  const before = await foreignRows();
  const cells = await row(async (world, token) => {
    const document = `mutation { ${question(world)} { errors { code path } } }`;
    const { data, errors } = await gateway.send(token, document);
    if (errors) return errors[0]?.extensions.code ?? '';
    const [error] = data[name].errors;
    return error ? [error.code, ...(error.path ?? [])].join(' ') : 'done';
  });
  expect(cells).toEqual(expected.Mutation[name]);
  // A new key comes with a user of its own.
  if (name !== 'createApiKey' && name !== 'revokeApiKey') expect(await foreignRows()).toEqual(before);
});

import {
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isAbstractType,
  isLeafType,
  isNonNullType,
} from 'graphql';
import { accountId, demoUsers, userId } from '../../dev/demo-data';
import { ApiKeyScope, Role } from '../../src/entities';
import { encodeCursor } from '../../src/events';
import { LIMITS } from '../../src/graphql/limits';
import { classActor, viewerClass } from '../../src/policies';
import { buildGraph } from '../../src/resolvers/schema';
import { findActors } from '../../src/store';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { usualSecurity } from '../support/security';
import { newKey } from '../support/shop';
import { Listener, numbered, orderBackups, PROVISIONING } from '../support/streams';
import { tell } from '../support/tell';

let gateway: TestGateway;
let operationId: string;
beforeAll(async () => {
  gateway = await startTestGateway({}, { security: usualSecurity({ COST_PER_OPERATION: '1000000' }) });
  await orderBackups(gateway, { lines: 1 });
  await gateway.settled();
  await numbered(gateway);
  const [operation] = await gateway.rows('SELECT id FROM operations');
  operationId = operation?.id;
});
afterAll(() => gateway.stop());

/** Contexts that are made while `work` runs: one an execution. */
async function executions(work: () => Promise<void>): Promise<number> {
  const metered = jest.spyOn(gateway.app.deps.db, 'metered');
  await work();
  const { length } = metered.mock.calls;
  metered.mockRestore();
  return length;
}

const open = async (email: string, query: string) =>
  new Listener(gateway.url, await gateway.token(email), query);

test('fifty readers with one document and viewer class share one execution per message', async () => {
  const readers = await Promise.all(
    Array.from({ length: 50 }, () => open('admin@bss.example', PROVISIONING)),
  );
  for (const reader of readers) await reader.has(1);
  const made = await executions(async () => {
    await tell(gateway.app, operationId, ['one', 'two', 'three']);
    for (const reader of readers) await reader.has(4);
  });
  expect(made).toBe(3);
  for (const reader of readers) expect(reader.messages.slice(1)).toEqual(readers[0]?.messages.slice(1));
  for (const reader of readers) await reader.stop();
});

test('an event causes no execution for readers with another filter', async () => {
  const others = await Promise.all([
    ...Array.from({ length: 20 }, () => open('buyer@contoso.example', PROVISIONING)),
    ...Array.from({ length: 20 }, () => open('sales@harbor.example', PROVISIONING)),
  ]);
  for (const other of others) await other.has(1);
  const buyer = await (await open('buyer@northwind.example', PROVISIONING)).has(1);
  const made = await executions(async () => {
    await tell(gateway.app, operationId, ['for one']);
    await buyer.has(2);
  });
  expect(made).toBe(1);
  for (const listener of [...others, buyer]) await listener.stop();
});

test('viewers with different permissions are never in one class', async () => {
  const ids = demoUsers.map(({ email }) => userId(email));
  const actors = [...(await findActors(gateway.app.deps.db, ids)).values()];
  expect(actors).toHaveLength(7);
  const [customer] = actors.filter(({ roles }) => roles.includes(Role.CUSTOMER));
  if (!customer) throw new Error('There is no customer.');
  const variants = [
    ...actors,
    { ...customer, roles: [Role.CUSTOMER, Role.RESELLER] },
    { ...customer, roles: [Role.RESELLER] },
    { ...customer, roles: [Role.CUSTOMER, Role.ACCOUNT_MANAGER] },
    { ...customer, userId: 'usr_2', roles: [Role.CUSTOMER, Role.ACCOUNT_MANAGER] },
    { ...customer, accountId: accountId('Alpine Dental') },
    { ...customer, resellerId: accountId('Skyline IT') },
    { ...customer, priceListId: 'pl_other' },
    { ...customer, apiKey: { id: 'key_1', scopes: [] } },
    { ...customer, apiKey: { id: 'key_1', scopes: [ApiKeyScope.ORDER] } },
  ];
  expect(new Set(variants.map(viewerClass)).size).toBe(variants.length);
  expect(viewerClass({ ...customer, userId: 'usr_colleague', sessionId: 'ses_2' })).toBe(
    viewerClass(customer),
  );
  expect(viewerClass({ ...customer, roles: [Role.RESELLER, Role.CUSTOMER] })).toBe(
    viewerClass({ ...customer, roles: [Role.CUSTOMER, Role.RESELLER] }),
  );
});

test('a shared execution cannot read the user', async () => {
  const [customer] = (await findActors(gateway.app.deps.db, [userId('buyer@northwind.example')])).values();
  if (!customer) throw new Error('There is no customer.');
  expect(() => classActor(customer).userId).toThrow('must not depend on one user');
  const manager = { ...customer, roles: [Role.ACCOUNT_MANAGER] };
  expect(classActor(manager).userId).toBe(customer.userId);
});

const graph = buildGraph();
const CANCEL = `mutation ($input: RequestCancellationInput!) {
  requestCancellation(input: $input) { errors { message } } }`;

/** Every field that can be asked for without arguments, to a depth. */
function selection(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  const kinds = isAbstractType(named) ? graph.getPossibleTypes(named) : [named as GraphQLObjectType];
  const parts = kinds.map(kind => `... on ${kind.name} { __typename ${fieldsOf(kind, depth)} }`);
  return `{ ${parts.join(' ')} }`;
}

function fieldsOf(type: GraphQLObjectType, depth: number): string {
  return Object.values(type.getFields())
    .filter(({ args }) => !args.some(arg => isNonNullType(arg.type) && arg.defaultValue === undefined))
    .filter(field => depth > 0 || isLeafType(getNamedType(field.type)))
    .map(field => `${type.name}_${field.name}: ${field.name} ${selection(field.type, depth - 1)}`)
    .join(' ');
}

describe('no field of a stream reads the user', () => {
  const managed = [
    ['manager@bss.example', 'Contoso'],
    ['manager@bss.example', 'Alpine Dental'],
    ['manager2@bss.example', 'Dune Media'],
  ] as const;
  let operations: string[];
  beforeAll(async () => {
    // No client may ask for everything at once; this test does.
    const unbounded = Object.keys(LIMITS).map(name => [name, Number.MAX_SAFE_INTEGER]);
    Object.assign(LIMITS, Object.fromEntries(unbounded));
    for (const [manager, account] of managed) await orderBackups(gateway, { lines: 2, account, manager });
    await gateway.settled();
    operations = (await gateway.rows('SELECT MIN(id) AS id FROM operations GROUP BY accountId')).map(
      ({ id }) => id,
    );
    const rows = await gateway.rows('SELECT MIN(id) AS id, accountId FROM subscriptions GROUP BY accountId');
    for (const { id, accountId: owner } of rows) {
      const manager = owner === accountId('Dune Media') ? 'manager2@bss.example' : 'manager@bss.example';
      const token = await gateway.token(manager);
      const input = { subscriptionId: id, idempotencyKey: newKey() };
      const { data } = await gateway.send(token, CANCEL, { input });
      expect(data.requestCancellation.errors).toEqual([]);
    }
    await gateway.settled();
    await numbered(gateway);
  });

  const typeOf = (field: string) => {
    const type = graph.getSubscriptionType()?.getFields()[field]?.type;
    if (!type) throw new Error(`There is no ${field}.`);
    return type;
  };

  test.each(demoUsers.map(({ email }) => email))('the whole graph as %s', async email => {
    const updates = await open(
      email,
      `subscription { provisioningUpdates ${selection(typeOf('provisioningUpdates'), 4)} }`,
    );
    await updates.has(1);
    for (const id of operations) await tell(gateway.app, id, ['everything']);
    await updates.has(2);
    const after = encodeCursor({ seq: 0 }, ['cancellation']);
    const cancellations = await open(
      email,
      `subscription { cancellationUpdates(after: "${after}") ${selection(typeOf('cancellationUpdates'), 4)} }`,
    );
    await cancellations.has(1);
    expect([...updates.errors, ...cancellations.errors]).toEqual([]);
    await updates.stop();
    await cancellations.stop();
  });
});

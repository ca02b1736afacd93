import fc from 'fast-check';
import { type GraphQLSchema, isObjectType } from 'graphql';
import { callerChangingMutations } from '../../src/policies';
import { catalogTypes, publicFields } from '../../src/resolvers/public-catalog';
import { buildGraph } from '../../src/resolvers/schema';
import { createContext } from '../../src/services/context';
import { findActorByEmail } from '../../src/services/identity/actors';
import { serve } from '../../src/transport/server';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { type RandomRequest, randomRequest } from '../support/random-documents';
import { type Expected, reference } from '../support/reference';
import { usualSecurity } from '../support/security';
import { openTransports, type TransportAnswer, type Transports } from '../support/transports';

/** `npm run test:nightly` is the long form. */
const DOCUMENTS = Number(process.env.DOCUMENTS ?? 500);
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const EMAIL = 'admin@bss.example';
const QUERIES = [
  'viewer',
  'accounts',
  'account',
  'orders',
  'subscriptions',
  'products',
  'product',
  'categories',
  'category',
  'node',
  'services',
  'priceLists',
  'users',
];

let gateway: TestGateway;
let ids: string[];
beforeAll(async () => {
  process.stderr.write(`engines: seed ${SEED}\n`);
  gateway = await startTestGateway({}, { security: usualSecurity({ COST_PER_OPERATION: '1000000' }) });
  const tables = ['accounts', 'users', 'products', 'categories', 'services', 'addons'];
  const rows = await Promise.all(
    tables.map(table => gateway.rows<{ id: string }>(`SELECT id FROM ${table} LIMIT 3`)),
  );
  ids = [...rows.flat().map(({ id }) => id), '', 'nothing', 'prod_00000000000000000000000000'];
}, 60_000);
afterAll(() => gateway.stop());

const context = async () => {
  const { deps } = gateway.app;
  return createContext(
    deps,
    (await findActorByEmail(deps.db, EMAIL)) ?? null,
    'test',
    new AbortController().signal,
  );
};

const described = ({ errors = [] }: TransportAnswer): string[] =>
  errors.map(({ path, extensions }) => `${path?.join('.') ?? ''} ${extensions.code}`).sort();

/** Whether the parent of the field that an error names is in the data. */
function isPresent(data: unknown, error: string): boolean {
  const [path = ''] = error.split(' ');
  const parents = path.split('.').slice(0, -1);
  const parent = parents.reduce((value: any, name) => value?.[name], data);
  return parent !== null && parent !== undefined;
}

/** Holds an answer against that of graphql-js. */
function expectSame(answer: TransportAnswer, expected: Expected, { variables }: RandomRequest): void {
  const codes = answer.errors?.map(({ extensions }) => extensions.code) ?? [];
  // A document can be larger than is allowed, which graphql-js does not mind. The limits precede the validation.
  if (codes.includes('LIMIT_EXCEEDED')) return;
  if (!expected.valid) {
    expect(new Set(codes)).toEqual(new Set(['GRAPHQL_VALIDATION_FAILED']));
    return;
  }
  // The estimate needs every argument, also of objects that turn out to be missing: then graphql-js had no reason to look.
  const refused = answer.data === undefined && codes.includes('BAD_USER_INPUT');
  if (expected.unfit || refused) {
    expect({ data: answer.data, codes: new Set(codes) }).toEqual({
      data: undefined,
      codes: new Set(['BAD_USER_INPUT']),
    });
    if (!expected.unfit) expect(JSON.stringify(variables)).toMatch(/null|^\{/);
    return;
  }
  expect(JSON.stringify(answer.data)).toBe(expected.data);
  // Of fields below one that became null, an engine may report more errors or fewer: it depends on what fails first.
  const remains = (error: string) => isPresent(answer.data, error);
  expect(described(answer).filter(remains)).toEqual(expected.errors.filter(remains));
  expect(described(answer).length > 0).toBe(expected.errors.length > 0);
}

/** Sends a request over each transport until all engines have answered it. */
async function everyAnswer(
  { http, websocket, sse }: Transports,
  request: RandomRequest,
): Promise<TransportAnswer[]> {
  const answers = [];
  for (const ask of [http, http, websocket, sse]) answers.push(await ask(request));
  return answers;
}

async function holds(
  transports: Transports,
  schema: GraphQLSchema,
  kind: 'query' | 'mutation',
  roots: readonly string[],
  check: (request: RandomRequest, expected: Expected) => void = () => undefined,
) {
  let executed = 0;
  await fc.assert(
    fc.asyncProperty(fc.gen(), async draw => {
      const request = randomRequest(schema, kind, { roots, ids, depth: 4 }, draw);
      const expected = await reference(schema, request, await context());
      if (expected.data !== undefined) executed += 1;
      try {
        for (const answer of await everyAnswer(transports, request)) expectSame(answer, expected, request);
        check(request, expected);
      } catch (error) {
        throw new Error(`seed ${SEED}: ${request.query} ${JSON.stringify(request.variables)}`, {
          cause: error,
        });
      }
    }),
    { numRuns: DOCUMENTS / 2, seed: SEED, endOnFailure: true },
  );
  // Most documents that are generated have to be valid, or nothing is compared.
  expect(executed).toBeGreaterThan(DOCUMENTS / 5);
}

test('every transport answers queries as graphql-js does', async () => {
  const transports = await openTransports(gateway.url, await gateway.token(EMAIL));
  const schema = buildGraph();
  const fields = schema.getQueryType()?.getFields() ?? {};
  await holds(
    transports,
    schema,
    'query',
    QUERIES.filter(name => name in fields),
  );
  transports.close();
}, 3_600_000);

test('every transport passes arguments to mutations as graphql-js does', async () => {
  const received: string[] = [];
  const schema = echoing(received);
  const server = await serve(
    { schema, publicGraph: { fields: publicFields, types: catalogTypes } },
    gateway.app.deps,
    gateway.settings,
    { playground: false, signIns: [] },
  );
  const transports = await openTransports(server.url, await gateway.token(EMAIL));
  const roots = Object.keys(schema.getMutationType()?.getFields() ?? {}).filter(
    // They have to stand alone.
    name => !callerChangingMutations.has(`Mutation.${name}`),
  );
  await holds(transports, schema, 'mutation', roots, (_, { data, valid, unfit }) => {
    const times = new Set(received);
    // Each transport, and graphql-js, called the same resolvers with the same arguments.
    if (valid && !unfit && data !== undefined && received.length > 0) {
      const each = received.length / 5;
      expect(Number.isInteger(each)).toBe(true);
      for (let copy = 1; copy < 5; copy += 1) {
        expect(received.slice(copy * each, (copy + 1) * each)).toEqual(received.slice(0, each));
      }
    }
    expect(times.size).toBeLessThanOrEqual(received.length);
    received.length = 0;
  });
  transports.close();
  await server.stop();
}, 3_600_000);

/** The graph with mutations that do nothing but write down their arguments. */
function echoing(received: string[]): GraphQLSchema {
  const schema = buildGraph();
  for (const type of Object.values(schema.getTypeMap())) if (isObjectType(type)) type.isTypeOf = undefined;
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    field.resolve = (_source, args) => {
      received.push(JSON.stringify([field.name, args]));
      return {};
    };
  }
  return schema;
}

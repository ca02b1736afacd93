import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
} from 'graphql';
import { demoId } from '../../dev/demo-data/ids';
import type { TestGateway } from '../support/gateway';
import { type MailGateway, startMailGateway } from '../support/mails';
import { startSample } from '../support/sample';
import { shopper } from '../support/shop';

let world: MailGateway;
let gateway: TestGateway;
beforeAll(async () => {
  world = await startMailGateway();
  ({ gateway } = world);
});
afterAll(() => world.stop());

const schema: GraphQLSchema = buildSchema(
  readFileSync(resolve(__dirname, '../../schema/schema.graphql'), 'utf8'),
);

const ATTACKS = [
  `' OR '1'='1`,
  `'; DROP TABLE users; --`,
  `" UNION SELECT passwordHash FROM users -- `,
  `\\'; UPDATE users SET roles = '["ADMINISTRATOR"]' -- `,
  `%' AND SLEEP(5) -- `,
  'x\r\nSet-Cookie: session=stolen\r\n\r\n<script>alert(1)</script>',
  '\u0000\u202e{{constructor.constructor("return process")()}}',
  '{7*7} $(reboot) `id` ../../etc/passwd',
];

/** Where a string goes in: every argument of that kind, and every field of an input, however deep. */
type Path = readonly string[];

function stringPaths(type: GraphQLInputType, at: Path, depth = 0): Path[] {
  if (isNonNullType(type) || isListType(type)) return stringPaths(type.ofType, at, depth);
  if (isScalarType(type)) return ['String', 'ID', 'StreamCursor'].includes(type.name) ? [at] : [];
  if (!isInputObjectType(type) || depth > 4) return [];
  return Object.values(type.getFields()).flatMap(field =>
    stringPaths(field.type, [...at, field.name], depth + 1),
  );
}

/** A value of the type that has `text` at `path` and is otherwise as good as can be told from the type alone. */
function givenAs(type: GraphQLInputType, path: Path, text: string): unknown {
  if (isNonNullType(type)) return givenAs(type.ofType, path, text);
  if (isListType(type)) return [givenAs(type.ofType, path, text)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return path.length === 0 ? text : plain(type.toString());
  const [head, ...rest] = path;
  const used = Object.values(type.getFields()).filter(
    field => field.name === head || isNonNullType(field.type),
  );
  return Object.fromEntries(
    used.map(field => [field.name, givenAs(field.type, field.name === head ? rest : ['-'], text)]),
  );
}

const plain = (type: string) =>
  ({ Int: 1, Boolean: false, Decimal: '1.00', DateTime: '2030-01-01T00:00:00.000Z' })[type] ?? 'plain';

interface Target {
  operation: string;
  field: string;
  argument: GraphQLArgument | GraphQLInputField;
  path: Path;
}

const targets: Target[] = ['Query', 'Mutation'].flatMap(root =>
  Object.values((schema.getType(root) as any).getFields()).flatMap((field: any) =>
    field.args.flatMap((argument: GraphQLArgument) =>
      stringPaths(argument.type, []).map(path => ({
        operation: root.toLowerCase(),
        field: field.name,
        argument,
        path,
      })),
    ),
  ),
);

const sample = startSample('injection');
const CALLERS = [null, 'sales@skyline.example', 'manager@bss.example', 'admin@bss.example'];

const USERS = 'SELECT id, email, roles, passwordHash FROM users ORDER BY id';

test.each(
  targets.map(
    target => [`${target.field}(${[target.argument.name, ...target.path].join('.')})`, target] as const,
  ),
)('what looks like SQL or a header in %s is text', async (_, { operation, field, argument, path }) => {
  const before = await gateway.rows(USERS);
  const callers = field === 'signIn' ? [null] : CALLERS;
  const attempts = ATTACKS.flatMap(text => callers.map(email => ({ text, email })));
  const selection = operation === 'mutation' ? '{ errors { code } }' : '{ __typename }';
  for (const { text, email } of sample.of(attempts, attempt => attempt.text)) {
    const token = email && (await gateway.token(email));
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({
        query: `${operation} ($value: ${argument.type}) { ${field}(${argument.name}: $value) ${selection} }`,
        variables: { value: givenAs(argument.type, path, text) },
      }),
    });
    const answer: any = await response.json();
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(response.status).toBeLessThan(500);
    expect(JSON.stringify(answer)).not.toContain('INTERNAL_SERVER_ERROR');
  }
  const after = await gateway.rows(USERS);
  expect(after.filter(({ id }) => before.some(user => user.id === id))).toEqual(before);
});

test('clients can send strings in 303 places', () => {
  expect(targets).toHaveLength(303);
});

test('text is stored as it was sent', async () => {
  const buyer = shopper(gateway, 'buyer@northwind.example');
  const name = `Robert'); DROP TABLE users; -- "\\ %_ {{x}}`;
  const { basket } = await buyer.add({ productId: demoId('prod', 'IC-BASE-1TB'), friendlyName: name });
  expect(basket.lines[0].friendlyName).toBe(name);
  const [row] = await gateway.rows('SELECT friendlyName FROM basket_lines WHERE id = ?', [
    basket.lines[0].id,
  ]);
  expect(row?.friendlyName).toBe(name);
});

test.each([
  'Bearer x\u0000y',
  `Bearer ' OR 1=1`,
  'Basic YWRtaW46YWRtaW4=',
  'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c3JfMSJ9.',
  `Bearer sbk_key_' OR '1'='1.x`,
])('the Authorization header %j is rejected', async header => {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: header.replace('\u0000', '%00') },
    body: '{"query":"{ viewer { id } }"}',
  });
  expect(response.status).toBe(401);
});

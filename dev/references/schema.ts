import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isUnionType,
} from 'graphql';
import type { UserErrorCode } from '../../src/errors';
import { errorCodesOf } from './mutation-errors';

/** Subjects with patterns of type names. A type belongs to the first subject whose pattern matches. */
const SUBJECTS: readonly (readonly [subject: string, names: RegExp])[] = [
  ['Errors', /Error/],
  ['Streams', /Stream|Snapshot|Update$/],
  ['Audit trail', /Audit/],
  ['API keys', /ApiKey/],
  ['Webhooks', /Webhook/],
  ['Signing in', /Session|SignIn|SignOut|Token|Password/],
  ['Cancellation', /Cancellation/],
  ['Subscriptions', /Subscription/],
  ['Provisioning', /Provisioning|Operation|^Step|Sync|ServiceAccount/],
  ['The basket', /Basket|Checkout|Recipient|ConfirmBilling/],
  ['Orders', /Order/],
  ['Accounts and users', /Account|User|Role|BillingDetails/],
  ['Catalog', /Categor|Product|Addon|Price|Service|BillingCycle|Catalog/],
  ['Shared', /./],
];

/** Arguments without those that every list has. */
function ownArguments<T extends { name: string }>(args: readonly T[]): readonly T[] {
  const isList = args.some(({ name }) => name === 'first');
  return isList ? args.filter(({ name }) => !['first', 'after'].includes(name)) : args;
}

/** Renders the schema reference: root fields, then types by subject. */
export function schemaReference(schema: GraphQLSchema, version: string): string {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const [query, mutation, stream] = roots.map(root => Object.values(root?.getFields() ?? {}));
  const types = Object.values(schema.getTypeMap()).filter(
    type => !type.name.startsWith('__') && !roots.some(root => root === type) && !isListPart(type),
  );
  const inputs = new Set((mutation ?? []).flatMap(inputsOf).map(({ name }) => name));
  const listed = types.filter(({ name }) => !inputs.has(name) && !isBuiltIn(name));
  return [
    '# Schema',
    '',
    'Generated from the schema by `npm run schema`. The SDL is [schema/schema.graphql](../schema/schema.graphql). The error codes',
    `are in [errors.md](errors.md). The released version is ${version}; [its changelog](../schema/CHANGELOG.md) has the changes since.`,
    '',
    '- `!` marks a type that is never null. Ids are opaque. Amounts of money, large numbers and times are exact strings.',
    '- A `…Connection` is a page of a list: `nodes`, `edges { cursor node }`, `pageInfo { hasNextPage hasPreviousPage',
    '  startCursor endCursor }` and `totalCount`. Set the size with `first` (default 20, range 0 to 100) and read the next page',
    '  with `after: endCursor`.',
    '- Every mutation returns the changed object and `errors`, which is empty on success. An error that a client can act on is',
    '  never a top-level error.',
    '',
    '## Queries',
    '',
    ...(query ?? []).flatMap(field => rootField('Query', field)),
    '## Mutations',
    '',
    ...bySubject(mutation ?? [], field => answerOf(field)).flatMap(([subject, fields]) => [
      `### ${subject}: mutations`,
      '',
      ...fields.flatMap(mutationField),
    ]),
    '## Live updates',
    '',
    ...(stream ?? []).flatMap(field => rootField('Subscription', field)),
    '## Types',
    '',
    ...bySubject(listed, ({ name }) => name).flatMap(([subject, members]) => [
      `### ${subject}`,
      '',
      ...members.flatMap(described),
    ]),
  ].join('\n');
}

/** Connections, edges and payloads. Described once, or with the field that returns them. */
const isListPart = ({ name }: GraphQLNamedType) =>
  /(Connection|Edge|Payload)$/.test(name) || name === 'PageInfo';
const isBuiltIn = (name: string) => ['Boolean', 'Float', 'ID', 'Int', 'String'].includes(name);

function inputsOf({ args }: GraphQLField<unknown, unknown>): GraphQLNamedType[] {
  return args.map(({ type }) => getNamedType(type)).filter(isInputObjectType);
}

/** Name that assigns a mutation to a subject: the name of its payload. */
function answerOf({ type }: GraphQLField<unknown, unknown>): string {
  return getNamedType(type).name.replace(/Payload$/, '');
}

function bySubject<T>(items: readonly T[], nameOf: (item: T) => string): [string, T[]][] {
  const found = new Map<string, T[]>(SUBJECTS.map(([subject]) => [subject, []]));
  for (const item of items) {
    const [subject] = SUBJECTS.find(([, names]) => names.test(nameOf(item))) ?? ['Shared'];
    found.get(subject)?.push(item);
  }
  const order = (subject: string) => (['Errors', 'Shared'].includes(subject) ? 1 : 0);
  return [...found]
    .filter(([, members]) => members.length > 0)
    .sort(([a], [b]) => order(a) - order(b) || a.localeCompare(b));
}

/** Section of a root field. Its heading has two words, so that links to types resolve to types. */
function rootField(root: string, field: GraphQLField<unknown, unknown>): string[] {
  return [
    `### ${root}.${field.name}`,
    '',
    `${line(field.description)} Returns ${linked(field.type)}.${deprecation(field)}`,
    '',
    ...argumentTable(field.args),
  ];
}

/** Codes of the user errors that a mutation can give. */
export function errorCodes({ name, args }: GraphQLField<unknown, unknown>): UserErrorCode[] {
  const inputs = args.map(({ type }) => getNamedType(type)).filter(isInputObjectType);
  return errorCodesOf(
    name,
    inputs.flatMap(input => Object.keys(input.getFields())),
  );
}

function mutationField(field: GraphQLField<unknown, unknown>): string[] {
  const payload = getNamedType(field.type);
  const answers = isObjectType(payload) ? Object.values(payload.getFields()) : [];
  return [
    `#### Mutation.${field.name}`,
    '',
    `${line(field.description)}${deprecation(field)}`,
    '',
    ...field.args.flatMap(argument => {
      const type = getNamedType(argument.type);
      const fields = isInputObjectType(type) ? Object.values(type.getFields()) : [argument];
      return argumentTable(fields, isInputObjectType(type) ? `${argument.name}: ${type.name}` : undefined);
    }),
    `Error codes: ${errorCodes(field)
      .map(code => `[\`${code}\`](errors.md#user-errors)`)
      .join(', ')}.`,
    '',
    ...table(
      'payload',
      answers.map(answer => [answer.name, linked(answer.type), line(answer.description)]),
    ),
  ];
}

function argumentTable(args: readonly (GraphQLArgument | GraphQLInputField)[], title = 'argument'): string[] {
  const own = ownArguments(args);
  return table(
    title,
    own.map(argument => [
      argument.name,
      linked(argument.type),
      `${line(argument.description)}${defaultOf(argument)}`,
    ]),
  );
}

function described(type: GraphQLNamedType): string[] {
  return [`#### ${type.name}`, '', `${line(type.description)}${nature(type)}`, '', ...members(type)];
}

function nature(type: GraphQLNamedType): string {
  if (isInterfaceType(type)) return ' An interface.';
  if (isUnionType(type)) return ` One of ${type.getTypes().map(reference).join(', ')}.`;
  if (isObjectType(type) && type.getInterfaces().length > 0)
    return ` A ${type.getInterfaces().map(reference).join(', ')}.`;
  return isScalarType(type) ? ' A scalar.' : '';
}

function members(type: GraphQLNamedType): string[] {
  if (isEnumType(type)) {
    return table(
      'value',
      type.getValues().map(value => [value.name, line(value.description) + deprecation(value)]),
    );
  }
  if (isInputObjectType(type)) return argumentTable(Object.values(type.getFields()), 'field');
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return table(
    'field',
    Object.values(type.getFields()).map(field => [
      field.name,
      linked(field.type),
      `${line(field.description)}${takes(field)}${deprecation(field)}`,
    ]),
  );
}

/** Descriptions of the arguments of a field, without those of pages. */
function takes({ args }: GraphQLField<unknown, unknown>): string {
  const own = ownArguments(args);
  return own
    .map(({ name, type, description }) => ` \`${name}\` (${linked(type)}): ${line(description)}`)
    .join('');
}

/** Default of an argument, unless its description states it. */
function defaultOf({ defaultValue, description }: GraphQLArgument | GraphQLInputField): string {
  if (defaultValue === undefined || /default/i.test(description ?? '')) return '';
  return ` Default \`${JSON.stringify(defaultValue)}\`.`;
}

function deprecation({ deprecationReason }: { deprecationReason?: string | null | undefined }): string {
  return deprecationReason ? ` **Deprecated:** ${line(deprecationReason)}` : '';
}

/** Markdown table. The first column is code. */
function table(title: string, rows: readonly (readonly string[])[]): string[] {
  const width = rows[0]?.length;
  if (!width) return [];
  const head = width === 2 ? [title, 'description'] : [title, 'type', 'description'];
  return [
    `| ${head.join(' | ')} |`,
    `|${'---|'.repeat(width)}`,
    ...rows.map(([name, ...rest]) => `| \`${name}\` | ${rest.join(' | ')} |`),
    '',
  ];
}

/** Type in GraphQL notation, with a link to its section. */
function linked(type: GraphQLType): string {
  const named = getNamedType(type);
  if (named.name.endsWith('Connection')) return reference(named);
  const [before = '', after = ''] = String(type).split(named.name);
  return `${before.replace('[', '\\[')}${reference(named)}${after}`;
}

function reference(type: GraphQLNamedType): string {
  const { name } = type;
  const page = /^(\w+)Connection$/.exec(name)?.[1];
  if (page) return `a page of [${page}](#${page.toLowerCase()})`;
  return isBuiltIn(name) || isListPart(type) ? name : `[${name}](#${name.toLowerCase()})`;
}

/** Description as one line of a table. */
const line = (text: string | null | undefined) =>
  (text ?? '').replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();

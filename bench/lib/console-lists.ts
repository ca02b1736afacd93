import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  buildSchema,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import { accountId, userId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { nthId } from './fill';
import { WEBHOOK } from './fill-large';
import { FEW, listed } from './fill-lists';

const ROOT = resolve(__dirname, '../../..');
const schema = buildSchema(readFileSync(`${ROOT}/schema/schema.graphql`, 'utf8'));

/** Page size of the lists of the console. */
const PAGE = 20;

/** Viewer of each kind of visibility, with a user. */
export const viewers = [
  ['administrator', userId('admin@bss.example')],
  ['manager of half', userId('manager@bss.example')],
  ['manager of three', FEW],
  ['reseller', userId('sales@skyline.example')],
  ['customer', nthId('usr', 10)],
  ['end customer', nthId('usr', 11)],
] as const;

/** Request of a list, as the console sends it. */
export interface ListRequest {
  /** Field of the list. */
  list: string;
  /** Filter, sort order and position. */
  name: string;
  body: string;
}

/** Text of every document of the console. */
function consoleDocuments(): DocumentNode {
  const folder = `${ROOT}/web/documents`;
  const texts = readdirSync(folder)
    .filter(name => name.endsWith('.graphql'))
    .map(name => readFileSync(`${folder}/${name}`, 'utf8'));
  return parse(texts.join('\n'), { noLocation: true });
}

const documents = consoleDocuments();
const fragments = documents.definitions.filter(node => node.kind === Kind.FRAGMENT_DEFINITION);

type ListField = GraphQLField<unknown, unknown>;

const isConnection = (type: GraphQLOutputType): boolean => getNamedType(type).name.endsWith('Connection');

/** Fields of Query that are lists with pages. Lists of one object of the administration need an id of their own. */
const lists = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(
  ({ type, name }) => isConnection(type) && name !== 'pastPrices',
);

/** Selection of the items of a list: that of the console, or every value of an item where the console has none yet. */
function itemsOf(list: ListField): string {
  let items: string | undefined;
  visit(documents, {
    Field(field: FieldNode) {
      if (field.name.value !== list.name) return;
      const selected = field.selectionSet?.selections ?? [];
      const nodes = selected.find(each => each.kind === Kind.FIELD && each.name.value === 'nodes');
      const paged = selected.some(each => each.kind === Kind.FIELD && each.name.value === 'pageInfo');
      const text =
        paged && nodes && nodes.kind === Kind.FIELD && nodes.selectionSet && print(nodes.selectionSet);
      // A selection with a variable belongs to its document.
      if (text && !text.includes('$') && text.length > (items?.length ?? 0)) items = text;
    },
  });
  if (items) return items;
  const connection = getNamedType(list.type) as GraphQLObjectType;
  const node = getNamedType(connection.getFields().nodes?.type as GraphQLOutputType) as GraphQLObjectType;
  const fields = Object.values(node.getFields()).filter(({ args }) => args.length === 0);
  const leaves = fields.filter(({ type }) => isLeafType(getNamedType(type))).map(({ name }) => name);
  const objects = fields
    .filter(({ type }) => !isListType(getNullableType(type)) && hasId(getNamedType(type)))
    .map(({ name }) => `${name} { id }`);
  return `{ ${[...leaves, ...objects].join(' ')} }`;
}

const hasId = (type: ReturnType<typeof getNamedType>): boolean =>
  isObjectType(type) && type.getFields().id !== undefined;

/** Fragments that a text uses, with those that they use. */
function fragmentsOf(text: string): string {
  const used = new Map<string, FragmentDefinitionNode>();
  const collect = (within: string) => {
    for (const [, name = ''] of within.matchAll(/\.\.\.\s*(?!on\b)(\w+)/g)) {
      const fragment = fragments.find(each => each.name.value === name);
      if (!fragment || used.has(name)) continue;
      used.set(name, fragment);
      collect(print(fragment));
    }
  };
  collect(text);
  return [...used.values()].map(print).join('\n');
}

/** Arguments of a list that are neither its page nor its sort order. */
const PAGE_ARGUMENTS = new Set(['first', 'after', 'last', 'before', 'sort']);

/** Document of a list, with its count or without. */
function documentOf(list: ListField, counted: boolean): string {
  const parameters = list.args.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  const passed = list.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const items = itemsOf(list);
  const count = counted ? 'totalCount ' : '';
  const page = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
  return `query List(${parameters}) { ${list.name}(${passed}) { ${count}nodes ${items} ${page} } }\n${fragmentsOf(items)}`;
}

const day = { from: '2026-05-01T00:00:00Z', until: '2026-05-02T00:00:00Z' };
const half = { from: '2026-05-01T00:00:00Z' };
const reference = 'REF-000000004711';

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

/** Searches with a word that finds few rows, many rows, and none; and with two words of many rows. */
const SEARCHES = [
  '4711',
  '471',
  'backup',
  'northwind',
  'backup northwind',
  'müller 4711',
  'a',
  'nothing at all',
];

/** Values of the filters that are neither enums nor booleans. Searches are separate. */
const VALUES: Record<string, readonly unknown[]> = {
  accountId: [listed.account, accountId('Skyline IT')],
  accountManagerId: [listed.manager, FEW],
  afterSeq: ['100000'],
  categorySlug: ['large-7'],
  createdAt: [day, half],
  externalId: [listed.externalId],
  externalReference: [reference],
  objectId: [nthId('sub', 4713)],
  orderId: [nthId('ord', 4711)],
  periodStart: [day, half],
  placedAt: [day, half],
  placedById: [nthId('usr', 11)],
  productId: [listed.product, demoId('prod', 'CB-WORKSTATION'), nthId('prod', 1500)],
  purchaseOrderNumber: ['PO-000000004711'],
  recipientId: [listed.account],
  resellerId: [listed.reseller],
  serviceId: [listed.service, demoId('svc', 'cloud-backup')],
  since: [inDays(-1), inDays(1)],
  subscriptionId: [nthId('sub', 4713)],
  to: ['customer77@bench.example'],
  types: [['order.placed'], ['account.changed'], ['user.changed']],
  until: [inDays(-60)],
  userId: [nthId('usr', 11), userId('admin@bss.example')],
};

/** Values of a filter. Throws for one without any, so that a new filter is not left out. */
function valuesOf(name: string, type: GraphQLInputType): readonly unknown[] {
  const values = VALUES[name];
  if (values) return values;
  const named = getNamedType(type);
  if (named.name === 'Boolean') return [true, false];
  if (isEnumType(named)) {
    const each = named.getValues().map(({ value }) => value);
    return isListType(getNullableType(type)) ? [...each.map(one => [one]), each.slice(0, 2)] : each;
  }
  throw new Error(`The bench has no values for the filter ${name}.`);
}

type Named = readonly [name: string, variables: Record<string, unknown>];

const labelOf = (name: string, value: unknown) => `${name} ${JSON.stringify(value)}`;

/** Every filter of a list alone, every search alone, and every filter with a search of few and one of many rows. */
function filtersOf(list: ListField): Named[] {
  const filter = list.args.find(({ name }) => name === 'filter');
  const filterType = filter && getNamedType(filter.type);
  const inputs = isInputObjectType(filterType)
    ? Object.values(filterType.getFields())
    : list.args.filter(({ name }) => !PAGE_ARGUMENTS.has(name) && name !== 'webhookId');
  const wrap = (values: Record<string, unknown>) => (filter ? { filter: values } : values);
  const isSearched = inputs.some(({ name }) => name === 'search');
  const alone = inputs
    .filter(({ name }) => name !== 'search')
    .flatMap(({ name, type }) =>
      valuesOf(name, type).map(value => [labelOf(name, value), { [name]: value }] as const),
    );
  const searched = (text: string, [name, values]: Named): Named => [
    `${name}, "${text}"`.replace(/^no filter, /, ''),
    { ...values, search: text },
  ];
  const none: Named = ['no filter', {}];
  const all: Named[] = [
    none,
    ...alone,
    ...(isSearched ? SEARCHES.map(text => searched(text, none)) : []),
    ...(isSearched ? alone.flatMap(each => ['4711', 'backup'].map(text => searched(text, each))) : []),
  ];
  return all.map(([name, values]) => [name, wrap(values)]);
}

/** Default order of a list, and every other one in both directions. */
function sortsOf(list: ListField): Named[] {
  const sort = list.args.find(({ name }) => name === 'sort');
  const type = sort && getNamedType(sort.type);
  const field = isInputObjectType(type) && type.getFields().field;
  const fields = field && getNamedType(field.type);
  if (!isEnumType(fields)) return [['', {}]];
  return fields
    .getValues()
    .flatMap(({ value }) =>
      ['ASC', 'DESC'].map(
        (direction): Named => [` by ${value} ${direction}`, { sort: { field: value, direction } }],
      ),
    );
}

/** Filter that finds an item in the middle of a list, whose cursor is that of a deep page. */
const MIDDLE: Record<string, Record<string, unknown>> = {
  accounts: { filter: { search: '5011' } },
  auditTrail: { filter: { orderId: nthId('ord', 50_011) } },
  cancellationRequests: { filter: { accountId: nthId('acc', 5010) } },
  catalogProducts: { search: 'LARGE-5011' },
  charges: { filter: { subscriptionId: nthId('sub', 50_011) } },
  mails: { filter: { to: 'customer5011@bench.example' } },
  orders: { filter: { recipientId: nthId('acc', 5011) } },
  products: { filter: { search: 'LARGE-5012' } },
  subscriptionChanges: { filter: { accountId: nthId('acc', 5013) } },
  subscriptions: { filter: { accountId: nthId('acc', 5011) } },
  users: { filter: { search: '5011' } },
};

/** Reads the cursor of an item in the middle of a list. Sends a body as an administrator. */
export type ReadMiddle = (body: string, list: string) => Promise<string | undefined>;

const constants = (list: ListField) =>
  list.args.some(({ name }) => name === 'webhookId') ? { webhookId: WEBHOOK } : {};

/** Pages of a list: its ends, and those on both sides of a cursor. */
const pagesAt = (cursor: string | undefined): readonly Named[] => [
  ['first page', { first: PAGE }],
  ['last page', { last: PAGE }],
  ...(cursor === undefined
    ? []
    : ([
        ['deep page', { first: PAGE, after: cursor }],
        ['deep page backward', { last: PAGE, before: cursor }],
      ] as const)),
];

/** Pages of a list in one sort order, with each filter. */
async function pagedRequests(
  list: ListField,
  [sortName, sort]: Named,
  middleOf: ReadMiddle,
): Promise<ListRequest[]> {
  const query = documentOf(list, false);
  const bodyOf = (variables: object) =>
    JSON.stringify({ query, variables: { ...constants(list), ...sort, ...variables } });
  const middle = MIDDLE[list.name];
  const cursor = middle && (await middleOf(bodyOf({ ...middle, first: 1 }), list.name));
  if (middle && !cursor) throw new Error(`The list ${list.name} has nothing in its middle.`);
  return filtersOf(list).flatMap(([filterName, filter]) =>
    pagesAt(cursor).map(([pageName, page]) => ({
      list: list.name,
      name: `${filterName}${sortName}, ${pageName}`,
      body: bodyOf({ ...filter, ...page }),
    })),
  );
}

/** First page of a list with its count, with each filter. */
function countedRequests(list: ListField): ListRequest[] {
  const query = documentOf(list, true);
  return filtersOf(list).map(([name, filter]) => ({
    list: list.name,
    name: `${name}, with the count`,
    body: JSON.stringify({ query, variables: { ...constants(list), ...filter, first: PAGE } }),
  }));
}

/** Values of the variables of the documents of the console. */
const SENT: Record<string, readonly unknown[]> = {
  first: [PAGE],
  forward: [PAGE],
  ids: [[nthId('sub', 11), nthId('sub', 4711), nthId('sub', 50_011)]],
  recipientId: [listed.account],
  search: [null, ...SEARCHES],
  subscriptionId: [null, nthId('sub', 4713)],
  webhookId: [WEBHOOK],
};

/** Ids of the objects whose lists are read, by their field. */
const OBJECTS: Record<string, string> = {
  account: listed.account,
  order: nthId('ord', 4711),
  product: nthId('prod', 1500),
  subscription: nthId('sub', 4713),
  user: nthId('usr', 11),
  webhook: WEBHOOK,
};

/** Values of a variable of a document. Undefined for one that cannot be left out and has none here. */
function sentValues(
  { variable, type }: VariableDefinitionNode,
  root: string,
): readonly unknown[] | undefined {
  const name = variable.name.value;
  const object = name === 'id' ? OBJECTS[root] : undefined;
  if (object) return [object];
  if (SENT[name]) return SENT[name];
  if (type.kind !== Kind.NON_NULL_TYPE) return [undefined];
  return name === 'filter' ? [{}] : undefined;
}

/** Requests of a document of the console, with every combination of the values of its variables. None if one has no value. */
function sentRequestsOf(node: OperationDefinitionNode): ListRequest[] {
  const [selected] = node.selectionSet.selections;
  const root = selected?.kind === Kind.FIELD ? selected.name.value : '';
  let all: Record<string, unknown>[] = [{}];
  for (const definition of node.variableDefinitions ?? []) {
    if (definition.defaultValue) continue;
    const values = sentValues(definition, root) ?? [];
    all = all.flatMap(one => values.map(value => ({ ...one, [definition.variable.name.value]: value })));
  }
  const text = print(node);
  const query = `${text}\n${fragmentsOf(text)}`;
  return all.map(variables => ({
    list: `${node.name?.value} as sent`,
    name: JSON.stringify(variables),
    body: JSON.stringify({ query, variables }),
  }));
}

/** Documents of the console with a list, exactly as they are sent. */
const sentRequests = (): ListRequest[] =>
  documents.definitions
    .filter(node => node.kind === Kind.OPERATION_DEFINITION)
    .filter(node => node.operation === 'query' && / (nodes|categories)\b/.test(print(node)))
    .flatMap(sentRequestsOf);

/** The documents of the console, and requests of every list: each filter in each sort order on each page, and each filter with the count. */
export async function listRequests(middleOf: ReadMiddle): Promise<ListRequest[]> {
  const requests = sentRequests();
  for (const list of lists) {
    for (const sort of sortsOf(list)) requests.push(...(await pagedRequests(list, sort, middleOf)));
    requests.push(...countedRequests(list));
  }
  return requests;
}

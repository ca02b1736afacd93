import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  Kind,
} from 'graphql';
import { type ComplexityEstimator, getComplexity } from 'graphql-query-complexity';

/** What a list without `first` is taken to hold. */
const USUAL_LIST = 2;
/** What a page holds unless `first` says otherwise. */
const USUAL_PAGE = 20;
const MUTATION = 10;
/** Objects that are a grouping of their owner's values, or stand in memory beside it. */
const FREE = new Set([
  'Money',
  'PageInfo',
  'BillingDetails',
  'ProvisioningError',
  'Price',
  'Service',
  'Category',
  'BasketAddon',
  'OrderAddon',
  'CloudSubscriptionAddon',
]);

/**
 * One point for an object, none for a value, ten for a mutation. A connection costs what one item costs times `first`; a
 * list of which nobody says how long it is counts as two.
 */
const estimate: ComplexityEstimator = ({ field, type, args, childComplexity }) => {
  const named = getNamedType(field.type);
  if (isLeafType(named) || field.name.startsWith('__')) return 0;
  const own = FREE.has(named.name) ? 0 : 1;
  if (type.name === 'Mutation') return MUTATION + childComplexity;
  if (named.name.endsWith('Connection')) return 1 + pageSize(args.first) * childComplexity;
  if (Array.isArray(args.ids)) return args.ids.length * (own + childComplexity);
  // The items of a connection are multiplied at the connection.
  const times = isListType(getNullableType(field.type)) && !type.name.endsWith('Connection') ? USUAL_LIST : 1;
  const edge = named.name.endsWith('Edge') ? 0 : own;
  return times * (edge + childComplexity);
};

const pageSize = (first: unknown) => (typeof first === 'number' && first > 0 ? first : USUAL_PAGE);

/** The variables that a document declares, and what it may cost by their values. */
interface Known {
  variables: readonly string[];
  costs: Map<string, number>;
}

const documents = new WeakMap<DocumentNode, Known>();
/** Kinds of variables that are remembered for a document. */
const MOST = 200;

/** What the execution of a document may cost at most; an error where its variables do not fit. */
export function requestedCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Record<string, unknown> | null | undefined,
  operationName: string | null | undefined,
): number | GraphQLError {
  const { variables: names, costs } = known(document);
  const key = `${operationName ?? ''} ${names.map(name => counted(variables?.[name]))}`;
  const before = costs.get(key);
  if (before !== undefined) return before;
  const cost = calculate(schema, document, variables, operationName);
  if (typeof cost !== 'number') return cost;
  if (costs.size >= MOST) costs.clear();
  costs.set(key, cost);
  return cost;
}

/** What of a variable decides what a document costs: numbers, whether something is included, how long a list is. */
function counted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.length}]`;
  return typeof value === 'number' || typeof value === 'boolean' || value === null
    ? `${value}`
    : typeof value;
}

function known(document: DocumentNode): Known {
  const before = documents.get(document);
  if (before) return before;
  const variables = document.definitions.flatMap(node =>
    node.kind === Kind.OPERATION_DEFINITION
      ? (node.variableDefinitions ?? []).map(({ variable }) => variable.name.value)
      : [],
  );
  const now = { variables, costs: new Map<string, number>() };
  documents.set(document, now);
  return now;
}

function calculate(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Record<string, unknown> | null | undefined,
  operationName: string | null | undefined,
): number | GraphQLError {
  try {
    return getComplexity({
      schema,
      query: document,
      variables: variables ?? {},
      ...(operationName && { operationName }),
      estimators: [estimate],
    });
  } catch (error) {
    return error as GraphQLError;
  }
}

/** How many objects the data of an answer has. */
export function countObjects(value: unknown): number {
  if (value === null || typeof value !== 'object') return 0;
  if (Array.isArray(value)) {
    let sum = 0;
    for (const item of value) sum += countObjects(item);
    return sum;
  }
  let sum = 1;
  // An answer is plain data: a loop over its names costs less than a list of its values.
  for (const name in value) sum += countObjects((value as Record<string, unknown>)[name]);
  return sum;
}

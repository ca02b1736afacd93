import { GraphQLError, getArgumentValues } from 'graphql';
import { requestError } from '../errors';
import { COUNTED, LIMITS } from './limits';
import type { Plan, Variables } from './plan';

/** Values with which a plan is executed. */
export interface Bound {
  /** Of the variables of the planned document. */
  readonly variables: Variables;
  /** Arguments of each slot of the plan. */
  readonly args: readonly Variables[];
}

/**
 * Computes the arguments of every field of a plan from the coerced variables of the client. Throws a GraphQLError for an
 * argument that has no usable value, and LIMIT_EXCEEDED for a list that is too long.
 */
export function bind({ slots }: Plan, variables: Variables): Bound {
  const planned: Record<string, unknown> = {};
  const args = slots.map(({ field, node, variables: names, constant }) => {
    const values = constant ?? getArgumentValues(field, node, variables);
    for (const name in values) {
      boundLists(values[name], [name]);
      planned[names[name] as string] = values[name];
    }
    return values;
  });
  return { variables: planned, args };
}

/** Deeper than every input type of the graph. */
const DEEPEST = 20;
/** More fields than every input type of the graph has. */
const MOST_FIELDS = 100;

/**
 * Throws a GraphQLError if `value` holds a list with more items than are allowed, is nested deeper than any input, or has
 * more fields. Coercion compares every unknown field with every known one and prints the whole value for each.
 */
export function boundLists(value: unknown, path: readonly (string | number)[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (path.length > DEEPEST) {
    throw requestError('BAD_USER_INPUT', `\`${path[0]}\` is nested deeper than any input of the schema.`);
  }
  if (!Array.isArray(value)) {
    const entries = Object.entries(value);
    if (entries.length > MOST_FIELDS) {
      throw requestError('BAD_USER_INPUT', `\`${path[0]}\` has more fields than any input of the schema.`);
    }
    for (const [name, inner] of entries) boundLists(inner, [...path, name]);
    return;
  }
  const most = LIMITS.listItems;
  if (value.length > most) {
    const message = `\`${path.join('.')}\` has ${value.length} ${COUNTED.listItems}; ${most} are allowed. Send fewer, or several requests.`;
    const extensions = { code: 'LIMIT_EXCEEDED', limit: 'listItems', most, found: value.length, path };
    throw new GraphQLError(message, { extensions });
  }
  value.forEach((item, index) => void boundLists(item, [...path, index]));
}

/** Number of items in all lists of `value`, at any depth. */
export function countItems(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner = Array.isArray(value) ? value : Object.values(value);
  let items = Array.isArray(value) ? value.length : 0;
  for (const item of inner) items += countItems(item);
  return items;
}

/** Number of values in `value`, at any depth; counting stops at `most`. */
export function countValues(value: unknown, most: number): number {
  if (typeof value !== 'object' || value === null) return 1;
  let values = 0;
  const open: unknown[] = [value];
  while (open.length > 0 && values < most) {
    for (const inner of Object.values(open.pop() as object)) {
      values += 1;
      if (typeof inner === 'object' && inner !== null) open.push(inner);
    }
  }
  return values;
}

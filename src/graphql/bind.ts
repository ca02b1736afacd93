import { GraphQLError } from 'graphql';
import { requestError } from '../errors';
import { argumentValues } from './argument-values';
import { COUNTED, LIMITS } from './limits';
import type { Plan, Variables } from './plan';

/** Values for the execution of a plan. */
export interface BoundValues {
  /** Variables of the planned document. */
  readonly variables: Variables;
  /** Arguments of each argument slot of the plan. */
  readonly args: readonly Variables[];
}

/** Computes the arguments of every field. Throws a GraphQLError for an unusable value, LIMIT_EXCEEDED for a long list. */
export function bind({ slots }: Plan, variables: Variables): BoundValues {
  const planned: Record<string, unknown> = {};
  const args = slots.map(slot => {
    const values = argumentValues(slot, variables);
    for (const name in values) {
      const value = values[name];
      if (typeof value === 'object') checkInputLimits(value, [name]);
      planned[slot.variables[name] as string] = value;
    }
    return values;
  });
  return { variables: planned, args };
}

/** Maximum nesting of an input value. Every input type of the graph is flatter. */
const MAX_DEPTH = 20;
/** Maximum fields of an input object. Every input type of the graph has fewer. */
const MAX_FIELDS = 100;

/** Throws a GraphQLError for an input value beyond the limits: coercion would print it whole for each unknown field. */
export function checkInputLimits(value: unknown, path: readonly (string | number)[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (path.length > MAX_DEPTH) {
    throw requestError('BAD_USER_INPUT', `\`${path[0]}\` is nested deeper than any input of the schema.`);
  }
  if (!Array.isArray(value)) {
    const entries = Object.entries(value);
    if (entries.length > MAX_FIELDS) {
      throw requestError('BAD_USER_INPUT', `\`${path[0]}\` has more fields than any input of the schema.`);
    }
    for (const [name, inner] of entries) checkInputLimits(inner, [...path, name]);
    return;
  }
  const most = LIMITS.listItems;
  if (value.length > most) {
    const message = `\`${path.join('.')}\` has ${value.length} ${COUNTED.listItems}; ${most} are allowed. Send fewer, or several requests.`;
    const extensions = { code: 'LIMIT_EXCEEDED', limit: 'listItems', most, found: value.length, path };
    throw new GraphQLError(message, { extensions });
  }
  value.forEach((item, index) => void checkInputLimits(item, [...path, index]));
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

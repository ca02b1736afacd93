import { getNamedType, getNullableType, isLeafType, isListType } from 'graphql';
import { type Bound, countItems } from './bind';
import { type IntrospectionLengths, introspectionCost, isIntrospection } from './introspection-cost';
import type { Plan, Selected, Selection, Variables } from './plan';

/** Assumed length of a list that has no `first`. */
const USUAL_LIST = 2;
/** Page size of a connection without `first`. */
const USUAL_PAGE = 20;
const MUTATION = 10;
/** Items in lists of arguments that cost one point. */
const ITEMS_PER_POINT = 10;
/** Objects that group values of their owner, or are in memory beside it. */
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

/** Cost of the fields that no variable of a client can change. */
const fixed = new WeakMap<Selected, number>();

const isFixed = ({ slot, below }: Selected, slots: Plan['slots']): boolean =>
  (slot === undefined || slots[slot]?.constant !== undefined) &&
  (below === undefined || below.fields.every(field => fixed.has(field)));

/**
 * Points that the execution of a plan can cost at most, at least 1. One for each object, none for a value, ten for a
 * mutation. A connection costs its page size times the cost of one item; a list of unknown length counts as two. Lists in
 * arguments cost a point for every ten items. Of a selection on an abstract type, the dearest concrete type counts.
 */
export function costOf({ selection, slots }: Plan, { args }: Bound, lengths: IntrospectionLengths): number {
  const ofSelection = ({ fields, alternatives }: Selection): number => {
    const costs = fields.map(ofField);
    let most = 0;
    for (const indexes of alternatives) {
      let sum = 0;
      for (const index of indexes) sum += costs[index] ?? 0;
      most = Math.max(most, sum);
    }
    return most;
  };

  const ofField = (selected: Selected): number => {
    const known = fixed.get(selected);
    if (known !== undefined) return known;
    const cost = compute(selected);
    if (isFixed(selected, slots)) fixed.set(selected, cost);
    return cost;
  };

  const compute = (selected: Selected): number => {
    const { on, field, slot, below } = selected;
    if (isIntrospection(field)) return introspectionCost(below, lengths);
    const given = slot === undefined ? {} : (args[slot] ?? {});
    const sent = Math.floor(countItems(given) / ITEMS_PER_POINT) + (on.name === 'Mutation' ? MUTATION : 0);
    return sent + ofObjects(selected, given, below ? ofSelection(below) : 0);
  };

  return Math.max(1, ofSelection(selection));
}

/** Points of the objects that a field returns, each of which costs `inner` beside itself. */
function ofObjects({ on, field }: Selected, given: Variables, inner: number): number {
  const { name } = getNamedType(field.type);
  if (isLeafType(getNamedType(field.type))) return 0;
  const each = inner + (FREE.has(name) ? 0 : 1);
  if (on.name === 'Mutation') return inner;
  if (name.endsWith('Connection')) return 1 + pageSize(given) * inner;
  if (Array.isArray(given.ids)) return given.ids.length * each;
  // The items of a connection are multiplied at the connection.
  const times = isListType(getNullableType(field.type)) && !on.name.endsWith('Connection') ? USUAL_LIST : 1;
  return times * (name.endsWith('Edge') ? inner : each);
}

function pageSize({ first, last }: Record<string, unknown>): number {
  const size = first ?? last;
  return typeof size === 'number' && size > 0 ? size : USUAL_PAGE;
}

/** Number of objects in the data of an answer. */
export function countObjects(value: unknown): number {
  if (value === null || typeof value !== 'object') return 0;
  if (Array.isArray(value)) {
    let sum = 0;
    for (const item of value) sum += countObjects(item);
    return sum;
  }
  let sum = 1;
  // An answer is plain data: a loop over its names is faster than a list of its values.
  for (const name in value) sum += countObjects((value as Record<string, unknown>)[name]);
  return sum;
}

import { getNamedType, getNullableType, isLeafType, isListType } from 'graphql';
import { type BoundValues, countItems } from './bind';
import { type IntrospectionLengths, introspectionCost, isIntrospection } from './introspection-cost';
import type { Plan, SelectedField, Selection, Variables } from './plan';

/** Assumed length of a list that has no `first`. */
const DEFAULT_LIST_LENGTH = 2;
/** Page size of a connection without `first`. */
const DEFAULT_PAGE_SIZE = 20;
const MUTATION_COST = 10;
/** Number of items in argument lists that cost one point. */
const ITEMS_PER_POINT = 10;
/** Types without a cost: objects that group values of their parent, or are in memory with it. */
const FREE_TYPES = new Set([
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

/** Cached cost of fields whose arguments are constant. */
const fixedCosts = new WeakMap<SelectedField, number>();

const isFixed = ({ slot, subselection }: SelectedField, slots: Plan['slots']): boolean =>
  (slot === undefined || slots[slot]?.constant !== undefined) &&
  (subselection === undefined || subselection.fields.every(field => fixedCosts.has(field)));

/**
 * Computes the maximum cost of a plan in points, at least 1. An object costs one point, a value none, a mutation ten. A
 * connection costs its page size times the cost of one item; a list of unknown length counts as two items. Argument lists
 * cost a point for every ten items. A selection on an abstract type costs as much as its most expensive concrete type.
 */
export function costOf(
  { selection, slots }: Plan,
  { args }: BoundValues,
  lengths: IntrospectionLengths,
): number {
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

  const ofField = (selected: SelectedField): number => {
    const known = fixedCosts.get(selected);
    if (known !== undefined) return known;
    const cost = compute(selected);
    if (isFixed(selected, slots)) fixedCosts.set(selected, cost);
    return cost;
  };

  const compute = (selected: SelectedField): number => {
    const { on, field, slot, subselection } = selected;
    if (isIntrospection(field)) return introspectionCost(subselection, lengths);
    const given = slot === undefined ? {} : (args[slot] ?? {});
    const sent =
      Math.floor(countItems(given) / ITEMS_PER_POINT) + (on.name === 'Mutation' ? MUTATION_COST : 0);
    return sent + costOfObjects(selected, given, subselection ? ofSelection(subselection) : 0);
  };

  return Math.max(1, ofSelection(selection));
}

/** Computes the cost of the objects that a field returns. `inner` is the cost of the selection on one of them. */
function costOfObjects({ on, field }: SelectedField, given: Variables, inner: number): number {
  const { name } = getNamedType(field.type);
  if (isLeafType(getNamedType(field.type))) return 0;
  const each = inner + (FREE_TYPES.has(name) ? 0 : 1);
  if (on.name === 'Mutation') return inner;
  if (name.endsWith('Connection')) return 1 + pageSize(given) * inner;
  if (Array.isArray(given.ids)) return given.ids.length * each;
  // The items of a connection are multiplied at the connection.
  const times =
    isListType(getNullableType(field.type)) && !on.name.endsWith('Connection') ? DEFAULT_LIST_LENGTH : 1;
  return times * (name.endsWith('Edge') ? inner : each);
}

function pageSize({ first, last }: Record<string, unknown>): number {
  const size = first ?? last;
  return typeof size === 'number' && size > 0 ? size : DEFAULT_PAGE_SIZE;
}

/** Counts the objects in the data of an answer. */
export function countObjects(value: unknown): number {
  if (value === null || typeof value !== 'object') return 0;
  if (Array.isArray(value)) {
    let sum = 0;
    for (const item of value) sum += countObjects(item);
    return sum;
  }
  let sum = 1;
  // `for…in` over plain data is faster than `Object.values`.
  for (const name in value) sum += countObjects((value as Record<string, unknown>)[name]);
  return sum;
}

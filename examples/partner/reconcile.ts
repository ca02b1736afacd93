import { type Copy, keep, readBooks } from './books';
import { readGraph } from './graph';
import { readSalesOrders } from './sales-order';

/** Result of a comparison of our records with the graph. */
export interface Reconciliation {
  /** Differences that were repaired: our copy was missing or outdated. */
  repaired: string[];
  /** Differences that need a person, or another run of `order`. */
  open: string[];
}

/** Compares every record with the graph, in both directions. Repairs our copies. */
export async function reconcile(): Promise<Reconciliation> {
  const result: Reconciliation = { repaired: [], open: [] };
  // Read before the graph: a record that appears meanwhile is not missing there.
  const ours = readBooks();
  const salesOrders = readSalesOrders();
  const there = new Map<string, Copy>();
  for await (const copy of readGraph()) there.set(copy.id, copy);
  // Read after the graph: a copy that is newer than the graph was is no difference.
  const books = readBooks();
  for (const copy of there.values()) {
    const difference = compare(books.get(copy.id), copy);
    if (!difference) continue;
    keep(copy);
    result.repaired.push(difference);
  }
  for (const copy of ours.values()) {
    if (!there.has(copy.id)) result.open.push(`missing there: ${nameOf(copy)}`);
  }
  const references = new Set([...there.values()].map(({ reference }) => reference));
  for (const { number } of salesOrders) {
    if (!references.has(number)) result.open.push(`missing there: sales order ${number} is not ordered`);
  }
  return result;
}

function compare(here: Copy | undefined, there: Copy): string | undefined {
  if (!here) return `missing here: ${nameOf(there)} is ${stateOf(there)}`;
  if (here.version >= there.version) return undefined;
  return `differs: ${nameOf(there)} is ${stateOf(here)} here, ${stateOf(there)} there`;
}

const nameOf = ({ id, reference }: Copy): string => (reference ? `${reference} (${id})` : id);
const stateOf = ({ state, version }: Copy): string => `${state} (version ${version})`;

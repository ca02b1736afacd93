import { type Copy, keep, readBooks } from './books';
import { send } from './gateway';
import { RedeliverDocument } from './generated';
import { readGraph } from './graph';
import { lastReceivedCursor } from './inbox';
import { accepted } from './refused';
import { readSalesOrders } from './sales-order';
import { readWebhook } from './webhook';

/** Result of a comparison of our records with the graph. */
export interface Reconciliation {
  /** Differences that were repaired: our copy was missing or outdated. */
  repaired: string[];
  /** Differences that need a person, or another run of `order`. */
  open: string[];
}

/** Compares every record with the graph, in both directions. Repairs our copies. */
export async function reconcile(): Promise<Reconciliation> {
  const wanted = new Set(readSalesOrders().map(({ number }) => number));
  const result: Reconciliation = { repaired: [], open: [] };
  const there = new Map<string, Copy>();
  for await (const copy of readGraph()) there.set(copy.id, copy);
  // Read after the graph: a message that arrives meanwhile makes our copy newer, which is no difference.
  const books = readBooks();
  for (const copy of there.values()) {
    const difference = compare(books.get(copy.id), copy);
    if (!difference) continue;
    keep(copy);
    result.repaired.push(difference);
  }
  for (const copy of books.values()) {
    if (!there.has(copy.id)) result.open.push(`missing there: ${nameOf(copy)}`);
  }
  const references = new Set([...there.values()].map(({ reference }) => reference));
  for (const number of wanted) {
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

/** Reports each difference. Has the webhook send the messages again that did not arrive. */
export async function reconcileCommand(): Promise<void> {
  const { repaired, open } = await reconcile();
  for (const difference of [...repaired, ...open]) console.log(difference);
  console.log(`${repaired.length} repaired, ${open.length} open`);
  if (repaired.length > 0) await redeliver();
  if (open.length > 0) process.exitCode = 1;
}

/** The gateway repeats a delivery for five days by itself. This is for deliveries that it has given up. */
async function redeliver(): Promise<void> {
  const [webhook, after] = [readWebhook(), lastReceivedCursor()];
  if (!webhook || after === undefined) return;
  const { redeliverSince } = await send(RedeliverDocument, { webhookId: webhook.id, after });
  accepted(redeliverSince, 'errors');
  console.log('redelivery of the messages since the last one that arrived');
}

import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { OrderCopyFragment, SubscriptionCopyFragment } from './generated';
import { stateFile } from './settings';

/** Our copy of an order or a subscription. */
export interface Copy {
  id: string;
  version: number;
  state: string;
  reference: string | null;
}

/**
 * Keeps a copy. Each version has a file of its own, and the highest one counts: so any number of processes can write in any
 * order, and nothing gets older. In a database it is `UPDATE … WHERE version < :version`.
 */
export function keep(copy: Copy): void {
  const path = stateFile('books', `${copy.id}@${copy.version}.json`);
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(copy));
  renameSync(draft, path);
}

/** Returns the newest copy of each order and subscription, by id. */
export function readBooks(): Map<string, Copy> {
  const folder = stateFile('books', '');
  const books = new Map<string, Copy>();
  for (const name of readdirSync(folder).filter(one => one.endsWith('.json'))) {
    const copy: Copy = JSON.parse(readFileSync(stateFile('books', name), 'utf8'));
    if (copy.version > (books.get(copy.id)?.version ?? 0)) books.set(copy.id, copy);
  }
  return books;
}

/** Converts an order or a subscription of the graph to a copy. */
export function copyOf(node: OrderCopyFragment | SubscriptionCopyFragment): Copy {
  const { id, version, externalReference: reference } = node;
  const state = node.__typename === 'Order' ? node.orderState : node.state;
  return { id, version, state, reference };
}

import { desk, license } from '../../support/desk';
import { elapse, until } from '../../support/until';
import type { Lab } from './lab';

const LINES = 5;
const PAUSE_MS = 350;
/** Orders that each line reads again after a sale. */
const READ_AGAIN = 3;

/** One order that the gateway has accepted. */
export interface Sold {
  orderId: string;
  subscriptionId: string;
  email: string;
}

/** Orders that come steadily, through the proxy, until stopped. */
export interface Load {
  sold: Sold[];
  /** Longest time between two accepted orders, and the requests without an answer or refused, since the last call. */
  outage(): string;
  /** Resolves when so many more orders are accepted. */
  sells(count: number): Promise<void>;
  /** Resolves when every order that was begun is accepted. */
  stop(): Promise<void>;
}

/** States of an executed order, in order. */
const RANKS = ['EXECUTING', 'COMPLETED'];

/** Reads orders again. Throws where one is missing or its state went back. */
function orderReader(send: ReturnType<Lab['asManager']>) {
  const seen = new Map<string, number>();
  return async (ids: readonly string[]) => {
    const { nodes } = await send('query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Order { state } } }', {
      ids,
    });
    for (const [index, id] of ids.entries()) {
      const rank = RANKS.indexOf(nodes[index]?.state);
      if (rank < (seen.get(id) ?? 0)) {
        throw new Error(`${id} went back from ${RANKS[seen.get(id) ?? 0]} to ${nodes[index]?.state}.`);
      }
      seen.set(id, rank);
    }
  };
}

/** Sells to `customers`, one after the other, on some lines at once. Each line reads its last orders after each sale. */
export function startLoad(lab: Lab, customers: { id: string; email: string }[]): Load {
  const refused = new Map<string, number>();
  const send = lab.asManager(lab.cluster.url, answer => {
    const kind = answer ? `${answer.status}` : 'no answer';
    if (!answer || answer.status >= 500) refused.set(kind, (refused.get(kind) ?? 0) + 1);
  });
  const manager = desk(send);
  const readAgain = orderReader(send);
  const sold: Sold[] = [];
  const left = [...customers];
  let stopped = false;
  let failed: unknown;
  let longest = 0;
  let last = performance.now();
  const line = async () => {
    const own: string[] = [];
    while (!stopped) {
      const customer = left.shift();
      if (!customer) throw new Error('The load has run out of customers.');
      const orderId = await manager.place(customer.id, license('Backups', { 'IC-ADD-1TB': 2 }));
      const { subscriptionId } = await manager.execute(orderId);
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
      sold.push({ orderId, subscriptionId, email: customer.email });
      own.push(orderId);
      await readAgain(own.slice(-READ_AGAIN));
      await elapse(PAUSE_MS, 'the load is steady, not full');
    }
  };
  const lines = Promise.all(Array.from({ length: LINES }, line));
  lines.catch((error: unknown) => {
    failed = error;
  });
  return {
    sold,
    outage() {
      const kinds = [...refused].map(([kind, n]) => `${n} of ${kind}`).join(', ') || 'none';
      const gap = `longest gap between two accepted orders ${(longest / 1000).toFixed(1)} s`;
      longest = 0;
      refused.clear();
      return `${gap}; requests that were refused: ${kinds}`;
    },
    async sells(count) {
      const wanted = sold.length + count;
      await until(
        () => {
          if (failed) throw failed;
          return sold.length >= wanted;
        },
        { what: `${count} more orders`, withinMs: 90_000 },
      );
    },
    async stop() {
      stopped = true;
      await lines;
    },
  };
}

import { desk, license } from '../../support/desk';
import { elapse } from '../../support/until';
import type { Lab } from './lab';

const LINES = 5;
const PAUSE_MS = 350;

/** One order that the gateway has accepted. */
export interface Sold {
  orderId: string;
  subscriptionId: string;
  email: string;
}

/** Orders that come steadily, through the proxy, until stopped. */
export interface Load {
  sold: Sold[];
  /** Milliseconds that passed at most between two answers. */
  longestGapMs(): number;
  /** Resolves when every order that was begun is accepted. */
  stop(): Promise<void>;
}

/** Sells to `customers`, one after the other, on some lines at once. */
export function startLoad(lab: Lab, customers: { id: string; email: string }[]): Load {
  const manager = desk(lab.asManager());
  const sold: Sold[] = [];
  const left = [...customers];
  let stopped = false;
  let longest = 0;
  let last = performance.now();
  const line = async () => {
    while (!stopped) {
      const customer = left.shift();
      if (!customer) throw new Error('The load has run out of customers.');
      const orderId = await manager.place(customer.id, license('Backups', { 'IC-ADD-1TB': 2 }));
      const { subscriptionId } = await manager.execute(orderId);
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
      sold.push({ orderId, subscriptionId, email: customer.email });
      await elapse(PAUSE_MS, 'the load is steady, not full');
    }
  };
  const lines = Promise.all(Array.from({ length: LINES }, line));
  return {
    sold,
    longestGapMs: () => longest,
    async stop() {
      stopped = true;
      await lines;
    },
  };
}

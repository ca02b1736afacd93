import { desk, license, newAccount } from '../../support/desk';
import { type Answer, exchange, insist } from '../../support/insist';
import { elapse } from '../../support/until';
import type { Lab } from './lab';

const ORDER_LINES = 3;
const PAUSE_MS = 400;
const READ_PAUSE_MS = 150;

/** What anybody and somebody read. */
export const READS = {
  catalog:
    '{ categories { name products(first: 20) { nodes { sku name prices { unitPrice { amount } } } } } }',
  list: '{ orders(first: 20) { nodes { id number state total { amount } } } }',
};

/** Steady load, and what its clients see. */
export interface Load {
  /** Orders whose execution was acknowledged. */
  sold: string[];
  /** Number of answers by status, code of the error included. */
  seen: Record<string, number>;
  /** Resolves when every call that was begun is answered. */
  stop(): Promise<void>;
}

/** An answer in a few words. */
function told(answer: Answer): string {
  if (!answer) return 'no answer';
  const [, code] = /"code":"([A-Z_]+)"/.exec(answer.text) ?? [];
  return code ? `${answer.status} ${code}` : String(answer.status);
}

let customers = 0;

/** Orders, lists and pages that come steadily until stopped. */
export function startLoad(lab: Lab): Load {
  const sold: string[] = [];
  const seen: Record<string, number> = {};
  let stopped = false;
  const note = (answer: Answer) => {
    const how = told(answer);
    seen[how] = (seen[how] ?? 0) + 1;
  };
  const manager = desk((query, variables) => insist(lab.url, lab.token, query, variables, note));
  const sell = async () => {
    customers += 1;
    const { id } = await newAccount(lab.rows, `Load ${customers}`, lab.resellerId);
    const orderId = await manager.place(id, license('Backups', { 'IC-ADD-1TB': 2 }));
    await manager.execute(orderId);
    sold.push(orderId);
  };
  const repeat = async (work: () => Promise<void>, pauseMs: number) => {
    while (!stopped) {
      await work();
      await elapse(pauseMs, 'the load is steady, not full');
    }
  };
  const read = (token: string | null, query: string) => async () =>
    note(await exchange(lab.url, token, JSON.stringify({ query })));
  const lines = Promise.all([
    ...Array.from({ length: ORDER_LINES }, () => repeat(sell, PAUSE_MS)),
    repeat(read(null, READS.catalog), READ_PAUSE_MS),
    repeat(read(lab.token, READS.list), READ_PAUSE_MS),
  ]);
  // A line that broke is reported by `stop`.
  lines.catch(() => undefined);
  return {
    sold,
    seen,
    async stop() {
      stopped = true;
      await lines;
    },
  };
}

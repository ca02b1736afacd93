import { Agent, request } from 'node:http';
import { nthId } from './fill';
import type { Lab } from './lab';
import type { Contender } from './processes';
import { bodyOf } from './queries';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const CHECKOUT = `mutation Checkout($input: CheckoutInput!) {
  checkout(input: $input) { order { id state } errors { code message } }
}`;

/** Sends one document as a user. Resolves to its data. */
export function post<T>({ url }: Pick<Contender, 'url'>, authorization: string, body: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', authorization };
    const sent = request(new URL('/graphql', url), { method: 'POST', agent, headers }, response => {
      const chunks: Buffer[] = [];
      response.on('data', chunk => chunks.push(chunk));
      response.on('end', () => {
        const { data, errors } = JSON.parse(Buffer.concat(chunks).toString());
        if (errors) reject(new Error(JSON.stringify(errors)));
        else resolve(data);
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Checkout request of one buyer. */
export interface Buyer {
  bearer: string;
  body: string;
}

/** Returns `count` buyers with a basket ready for checkout: direct customers from number `from` on. */
export function buyers(lab: Lab, from: number, count: number): Promise<Buyer[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      // Every other customer belongs to a reseller and cannot order by itself.
      const n = 2 * (from + index);
      const input = { basketId: nthId('bkt', n), idempotencyKey: `bench ${n}` };
      return { bearer: await lab.bearer(nthId('usr', n)), body: bodyOf(CHECKOUT, { input }) };
    }),
  );
}

/** Checks out one basket. Resolves to the id of the order. */
export async function checkout(gateway: Contender, { bearer, body }: Buyer): Promise<string> {
  const { checkout: payload } = await post<{
    checkout: { order: { id: string } | null; errors: { message: string }[] };
  }>(gateway, bearer, body);
  if (!payload.order) throw new Error(JSON.stringify(payload.errors));
  return payload.order.id;
}

/** Processes `items` with `many` concurrent workers. */
export async function atOnce<T>(items: readonly T[], many: number, work: (item: T) => Promise<unknown>) {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: many }, worker));
}

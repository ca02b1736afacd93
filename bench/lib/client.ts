import { setTimeout as sleep } from 'node:timers/promises';
import type { Contender } from './processes';
import { bodyOf, CATALOG_PAGE, SUBSCRIPTIONS } from './queries';
import { post } from './shop';

/** Pause between two requests of a client, in milliseconds. */
const PAUSE_MS = 10;

/** Sends one request of a client. */
export type Ask = () => Promise<unknown>;

/** Requests of the client: a cached page, a list and changes of the basket, in turn. */
export async function client(gateway: Pick<Contender, 'url'>, bearer: string): Promise<Ask[]> {
  const { product } = await post<{ product: { id: string } }>(
    gateway,
    bearer,
    bodyOf('{ product(sku: "IC-BASE-1TB") { id } }', {}),
  );
  const add = 'mutation Add($id: ID!) { addToBasket(input: { productId: $id }) { errors { code } } }';
  const bodies: [string, string][] = [
    ['', bodyOf(CATALOG_PAGE, { first: 20 })],
    [bearer, bodyOf(SUBSCRIPTIONS, { first: 20 })],
    [bearer, bodyOf(add, { id: product.id })],
    [bearer, bodyOf('mutation Empty { emptyBasket { errors { code } } }', {})],
  ];
  return bodies.map(
    ([authorization, body]) =>
      () =>
        post(gateway, authorization, body),
  );
}

/** Sends the requests in turn, with pauses, for `ms` milliseconds. Resolves to their latencies in milliseconds, sorted. */
export async function latencies(asks: readonly Ask[], ms: number): Promise<number[]> {
  const times: number[] = [];
  const ends = performance.now() + ms;
  for (let at = 0; performance.now() < ends; at += 1) {
    const began = performance.now();
    await asks[at % asks.length]?.();
    times.push(performance.now() - began);
    await sleep(PAUSE_MS);
  }
  return times.sort((a, b) => a - b);
}

/** Value below which a share of `values` is. NaN if there is none. */
export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
  Number.NaN;

import { type Copy, copyOf } from './books';
import { send } from './gateway';
import { ReadOrdersDocument, ReadSubscriptionsDocument } from './generated';

type Page = { pageInfo: { hasNextPage: boolean; endCursor: string | null } };

/** Reads every order and every subscription of the graph, page by page. */
export async function* readGraph(): AsyncGenerator<Copy> {
  const orders = pages(async after => (await send(ReadOrdersDocument, { after })).orders);
  for await (const { nodes } of orders) yield* nodes.map(copyOf);
  const subscriptions = pages(
    async after => (await send(ReadSubscriptionsDocument, { after })).subscriptions,
  );
  for await (const { nodes } of subscriptions) yield* nodes.map(copyOf);
}

async function* pages<P extends Page>(read: (after: string | null) => Promise<P>): AsyncGenerator<P> {
  let after: string | null = null;
  do {
    const page: P = await read(after);
    yield page;
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
}

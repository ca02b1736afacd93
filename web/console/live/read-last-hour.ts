import type { Client, CombinedError } from 'urql';
import { RecentCancellationsDocument, RecentOrdersDocument } from '../../generated/graphql';
import type { Operation } from '../parts/operation';

/** Period that the board and its figures show, in milliseconds. */
export const HOUR_MS = 3_600_000;
/** Maximum number of pages of 20 to read. */
const MAX_PAGES = 5;

/** Operations of the last hour as they were read. */
export interface ReadHour {
  operations: readonly Operation[];
  /** False if there are more than were read. */
  complete: boolean;
}

interface Page {
  readonly nodes: readonly { readonly at: string; readonly operations: readonly Operation[] }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Reads the operations of the orders and cancellations of the last hour. Rejects if one of them could not be read. */
export async function readLastHour(client: Client): Promise<ReadHour> {
  const since = Date.now() - HOUR_MS;
  const policy = { requestPolicy: 'network-only' } as const;
  const parts = await Promise.all([
    readPages(since, async after => {
      const { data, error } = await client.query(RecentOrdersDocument, { after }, policy);
      const { nodes, pageInfo } = given(data, error).orders;
      return { pageInfo, nodes: nodes.map(({ placedAt: at, operations }) => ({ at, operations })) };
    }),
    readPages(since, async after => {
      const { data, error } = await client.query(RecentCancellationsDocument, { after }, policy);
      const { nodes, pageInfo } = given(data, error).cancellationRequests;
      const toItem = ({ requestedAt: at, subscription: { operations } }: (typeof nodes)[number]) => ({
        at,
        operations,
      });
      return { pageInfo, nodes: nodes.map(toItem) };
    }),
  ]);
  return {
    operations: parts.flatMap(({ operations }) => operations),
    complete: parts.every(({ complete }) => complete),
  };
}

function given<Data>(data: Data | undefined, error: CombinedError | undefined): Data {
  if (data) return data;
  throw error ?? new Error('There was no answer.');
}

async function readPages(since: number, read: (after: string | null) => Promise<Page>): Promise<ReadHour> {
  const operations: Operation[] = [];
  let after: string | null = null;
  for (let count = 0; count < MAX_PAGES; count += 1) {
    const { nodes, pageInfo }: Page = await read(after);
    operations.push(...nodes.flatMap(each => each.operations));
    const last = nodes.at(-1);
    if (!pageInfo.hasNextPage || !last || Date.parse(last.at) < since) return { operations, complete: true };
    after = pageInfo.endCursor;
  }
  return { operations, complete: false };
}

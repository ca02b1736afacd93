import type { Client } from 'urql';
import { DeliveryPositionsDocument, type DeliveryPositionsQuery } from '../../../generated/graphql';

type Position = DeliveryPositionsQuery['webhookDeliveries']['nodes'][number];

/** Maximum number of deliveries that are read to find a time. */
export const MAX_READ = 5000;

/** Start of a range of deliveries. */
export type Start =
  /** Cursor before the first of them. `first` is its id if no delivery precedes it. */
  { after: string; first: string | null } | 'nothing' | 'too many';

/** Positions of the deliveries of a webhook, newest first. */
async function* newestFirst(client: Client, webhookId: string): AsyncGenerator<Position> {
  for (let after: string | null = null, more = true; more; ) {
    const variables: { webhookId: string; after: string | null } = { webhookId, after };
    const { data, error } = await client.query(DeliveryPositionsDocument, variables, {
      requestPolicy: 'network-only',
    });
    if (!data) throw error ?? new Error('The deliveries were not read.');
    const { nodes, pageInfo } = data.webhookDeliveries;
    yield* nodes;
    after = pageInfo.endCursor;
    more = pageInfo.hasNextPage;
  }
}

/**
 * Finds where the deliveries begin that were queued at `time` or later. The graph takes cursors and no times, so deliveries
 * are read, newest first, up to one that is older.
 */
export async function findStart(client: Client, webhookId: string, time: number): Promise<Start> {
  let first: Position | null = null;
  let read = 0;
  for await (const delivery of newestFirst(client, webhookId)) {
    if (Date.parse(delivery.createdAt) < time) {
      return first ? { after: delivery.cursor, first: null } : 'nothing';
    }
    first = delivery;
    read += 1;
    if (read >= MAX_READ) return 'too many';
  }
  return first ? { after: first.cursor, first: first.id } : 'nothing';
}

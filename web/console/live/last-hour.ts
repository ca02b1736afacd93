import { useEffect, useMemo, useState } from 'react';
import { useClient } from 'urql';
import type { ProvisioningOperation } from '../../../client';
import { RecentCancellationsDocument, RecentOrdersDocument } from '../../generated/graphql';
import { newer } from '../data/read-times';
import type { Operation } from '../parts/operation';
import { useFeed, useFeedState } from './feed-context';

const HOUR_MS = 3_600_000;
/** Maximum number of pages of 20 to read. Older changes come from the stream only. */
const MOST_PAGES = 5;
const TICK_MS = 15_000;

/** Failed attempt of a step. */
export interface Fault {
  at: number;
  code: string;
}

/** Operations and failed attempts of the last hour, until `now`. */
export interface LastHour {
  now: number;
  operations: readonly Operation[];
  faults: readonly Fault[];
}

/** Reads the operations of the last hour once, then follows the stream. */
export function useLastHour(): LastHour {
  const client = useClient();
  const feed = useFeed();
  const { operations: told, happenings, connection } = useFeedState();
  const [before, setBefore] = useState<readonly Operation[]>([]);
  const [now, setNow] = useState(Date.now);

  useEffect(() => {
    let here = true;
    void readLastHour(client).then(operations => here && setBefore(operations));
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => {
      here = false;
      clearInterval(timer);
    };
  }, [client]);

  // Without a stream, what happens is read.
  const polls = connection.is === 'polling';
  useEffect(() => {
    if (!polls) return;
    let here = true;
    const stop = feed.onChange(() => {
      void readLastHour(client).then(operations => here && setBefore(operations));
    });
    return () => {
      here = false;
      stop();
    };
  }, [client, feed, polls]);

  return useMemo(() => {
    const all = new Map<string, Operation>(before.map(operation => [operation.id, operation]));
    for (const operation of told.values()) {
      const read = all.get(operation.id);
      all.set(operation.id, read ? newer(read, operation) : operation);
    }
    const moment = Math.max(now, ...happenings.slice(-1).map(({ occurredAt }) => Date.parse(occurredAt)));
    const since = moment - HOUR_MS;
    const operations = [...all.values()].filter(operation => isRecent(operation, since));
    return { now: moment, operations, faults: faultsOf(operations, happenings, since) };
  }, [before, told, happenings, now]);
}

/** Whether an operation is open or finished within the hour. */
const isRecent = ({ finishedAt, state }: Operation, since: number): boolean =>
  state === 'FAILED' || finishedAt === null || Date.parse(finishedAt) >= since;

/** Merges the failed attempts of the stream with those of the operations, each once. */
function faultsOf(
  operations: readonly Operation[],
  happenings: ReturnType<typeof useFeedState>['happenings'],
  since: number,
): Fault[] {
  const faults = new Map<string, Fault>();
  const note = (operation: Operation | ProvisioningOperation, at: string | null, only?: string | null) => {
    for (const { name, attempts, error } of operation.steps) {
      if (error && at && (!only || name === only)) {
        faults.set(`${operation.id} ${name} ${attempts}`, { at: Date.parse(at), code: error.code });
      }
    }
  };
  for (const { operation, occurredAt, step, stepState } of happenings) {
    if (stepState === 'RETRYING' || stepState === 'FAILED') note(operation, occurredAt, step);
  }
  for (const operation of operations) note(operation, operation.finishedAt ?? operation.createdAt);
  return [...faults.values()].filter(({ at }) => at >= since);
}

async function readLastHour(client: ReturnType<typeof useClient>): Promise<Operation[]> {
  const since = Date.now() - HOUR_MS;
  const [orders, cancellations] = await Promise.all([
    pages(async after => {
      const { data } = await client.query(RecentOrdersDocument, { after }, { requestPolicy: 'network-only' });
      return data?.orders;
    }, since),
    pages(async after => {
      const { data } = await client.query(
        RecentCancellationsDocument,
        { after },
        { requestPolicy: 'network-only' },
      );
      const requests = data?.cancellationRequests;
      return requests && { ...requests, nodes: requests.nodes.map(toOrderLike) };
    }, since),
  ]);
  return [...orders, ...cancellations].flatMap(({ operations }) => operations);
}

interface Page {
  readonly nodes: readonly { readonly placedAt: string; readonly operations: readonly Operation[] }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const toOrderLike = (request: {
  requestedAt: string;
  subscription: { operations: readonly Operation[] };
}) => ({
  placedAt: request.requestedAt,
  operations: request.subscription.operations,
});

async function pages(read: (after: string | null) => Promise<Page | undefined>, since: number) {
  const found: Page['nodes'][number][] = [];
  let after: string | null = null;
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const page: Page | undefined = await read(after);
    if (!page) break;
    found.push(...page.nodes);
    const last = page.nodes.at(-1);
    if (!page.pageInfo.hasNextPage || !last || Date.parse(last.placedAt) < since) break;
    after = page.pageInfo.endCursor;
  }
  return found;
}

import { useEffect, useMemo, useState } from 'react';
import { type CombinedError, useClient } from 'urql';
import type { ProvisioningOperation } from '../../../client';
import { newer } from '../data/read-times';
import type { Operation } from '../parts/operation';
import { useFeed, useFeedState } from './feed-context';
import { HOUR_MS, type ReadHour, readLastHour } from './read-last-hour';

const TICK_MS = 15_000;
/** Delay before a failed read is repeated, in milliseconds. */
const AGAIN_MS = 5000;

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
  /** False if there are more than are shown. */
  complete: boolean;
}

/** Reads the operations of the last hour, then follows the stream. `hour` is null until they are read. */
export function useLastHour(): { hour: LastHour | null; error: CombinedError | null } {
  const { read, error } = useRead();
  const { operations: streamed, happenings } = useFeedState();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);

  const hour = useMemo(() => {
    if (!read) return null;
    const all = new Map<string, Operation>(read.operations.map(operation => [operation.id, operation]));
    for (const operation of streamed.values()) {
      const known = all.get(operation.id);
      all.set(operation.id, known ? newer(known, operation) : operation);
    }
    const moment = Math.max(now, ...happenings.slice(-1).map(({ occurredAt }) => Date.parse(occurredAt)));
    const since = moment - HOUR_MS;
    const operations = [...all.values()].filter(operation => isRecent(operation, since));
    const faults = faultsOf(operations, happenings, since);
    return { now: moment, operations, faults, complete: read.complete };
  }, [read, streamed, happenings, now]);
  return { hour, error };
}

/** Reads the last hour at first, after every snapshot of the stream, and without a stream at every change. */
function useRead(): { read: ReadHour | null; error: CombinedError | null } {
  const client = useClient();
  const feed = useFeed();
  const { connection, snapshots } = useFeedState();
  const [read, setRead] = useState<ReadHour | null>(null);
  const [error, setError] = useState<CombinedError | null>(null);
  const polls = connection.is === 'polling';

  // biome-ignore lint/correctness/useExhaustiveDependencies: a snapshot does not have what finished before it
  useEffect(() => {
    let here = true;
    let again: ReturnType<typeof setTimeout> | undefined;
    const load = () => {
      clearTimeout(again);
      readLastHour(client).then(
        hour => {
          if (!here) return;
          setRead(hour);
          setError(null);
        },
        failure => {
          if (!here) return;
          setError(failure);
          again = setTimeout(load, AGAIN_MS);
        },
      );
    };
    load();
    const stop = polls ? feed.onChange(load) : undefined;
    return () => {
      here = false;
      clearTimeout(again);
      stop?.();
    };
  }, [client, feed, polls, snapshots]);
  return { read, error };
}

/** Whether an operation is open, failed, or finished within the hour. */
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

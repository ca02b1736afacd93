import type { Connection, Pool, PoolConnection } from 'mysql2';
import { isOutage } from './faults';
import type { Channel } from './session';

/** Why a request is given up: it took too long. Not that its client has left. */
export class TimedOut extends Error {
  constructor() {
    super('The time for the request is over.');
  }
}

/** The statement was never sent, or was stopped, because nobody waits for it. */
export class Cancelled extends Error {
  constructor() {
    super('The statement was given up.');
  }
}

type Execute = Channel['execute'];
type Callback = (error: Error | null, result: unknown) => void;

/**
 * A pool as a channel for statements of their own. After an outage a connection is not used again: it may lead to a node
 * that has left its cluster, while a new one leads to the writer. Where there is a `signal`, statements stop when it is
 * aborted: the server is told to, for a closed connection alone lets it go on. A connection for which that was asked is
 * not used again either, or the order could meet the next statement on it.
 */
export function pooled(pool: Pool, signal?: AbortSignal): Channel {
  const execute = (sql: string, values: never, done: Callback): void => {
    if (signal?.aborted) {
      done(new Cancelled(), undefined);
      return;
    }
    pool.getConnection((error, connection) => {
      if (error) {
        done(error, undefined);
        return;
      }
      const forget = signal && whenAborted(signal, () => killQuery(pool, connection));
      connection.execute(sql, values, (failed: Error | null, result: unknown) => {
        forget?.();
        if (signal?.aborted || (failed && isOutage(failed))) connection.destroy();
        else connection.release();
        done(failed, result);
      });
    });
  };
  return { execute: execute as unknown as Execute };
}

/** Stops what a transaction's connection is doing when its request has timed out; whoever holds it destroys it then. */
export function stopOnTimeout(pool: Pool, connection: PoolConnection, signal: AbortSignal): () => void {
  return whenAborted(signal, () => {
    if (signal.reason instanceof TimedOut) killQuery(pool, connection);
  });
}

/** What stops the statements that are under way, by the signal that they heed. */
const underWay = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Has `stop` called when `signal` is aborted, unless what it gives back is called before. A signal is listened to once,
 * not for every statement, which would cost as much as preparing it.
 */
function whenAborted(signal: AbortSignal, stop: () => void): () => void {
  const stops = underWay.get(signal) ?? listen(signal);
  stops.add(stop);
  return () => stops.delete(stop);
}

function listen(signal: AbortSignal): Set<() => void> {
  const stops = new Set<() => void>();
  signal.addEventListener('abort', () => {
    for (const stop of stops) stop();
  });
  underWay.set(signal, stops);
  return stops;
}

function killQuery(pool: Pool, connection: Pick<Connection, 'threadId'>): void {
  // It may have ended by itself meanwhile: then there is nothing to stop.
  pool.query(`KILL QUERY ${connection.threadId}`, () => undefined);
}

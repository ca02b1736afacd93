import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type Database, isDatabaseFault, reportFault, type Topic } from '../database';
import { type Found, Poller } from '../events';
import { type Claimable, claim, Fenced, type JobTable, unclaim } from './claims';
import type { Lane } from './lane';
import { Lanes, type LanesOptions, type LaneUse } from './lanes';
import { type Held, Leases } from './leases';

/** What a job is carried out with. */
export interface Hand {
  lane: Lane;
  /** Names the job in every line. */
  log: Logger;
  leaseMs: number;
  /** Aborted when the claim is lost, or when the process has waited long enough. */
  signal: AbortSignal;
  /** Whether the process wants no more calls begun. */
  draining: () => boolean;
}

/** Ends work that met `error`: throws faults of the database, for which the claim is released, and logs any other. */
export function endWork(error: unknown, log: Logger, message: string): void {
  if (isDatabaseFault(error)) throw error;
  if (error instanceof Fenced) log.info(error.message);
  else log.error({ err: error }, message);
}

/** What a worker of jobs is made of. */
export interface JobWorkerOptions<T extends Claimable> {
  db: Database;
  table: JobTable<T>;
  /** Announced by the commits of this process that make jobs. */
  topic: Topic;
  lanes: LanesOptions;
  log: Logger;
  /** How long a claim holds without being renewed: longer than any call may take. */
  leaseMs: number;
  /** How long a worker that is to stop waits for the calls that are out. */
  drainMs: number;
  /** Aborted when the process must end now: calls that are out are given up at once. */
  hurry?: AbortSignal;
  /** The longest pause between two looks for work that nobody in this process announced; each looks twice as far. */
  idleMs: number;
  /** What names a job in the log. */
  naming: (job: T) => object;
  /** Takes a claimed job as far as it goes. Rejects with faults of the database only: the claim is released then. */
  carryOut: (job: T, hand: Hand) => Promise<void>;
}

/** Pause before a job is claimed again whose work met a fault of the database, in milliseconds. */
const RELEASED_MS = 500;

/**
 * Carries jobs out: claims what is due, as much as its lanes have room for. Any number of workers in any number of
 * processes may run at once.
 */
export class JobWorker<T extends Claimable> {
  private readonly held = new Set<Held<T>>();
  private readonly lanes: Lanes;
  private readonly poller: Poller;
  private readonly leases: Leases<T>;
  private draining = false;

  constructor(private readonly options: JobWorkerOptions<T>) {
    const { db, table, topic, lanes, log, leaseMs, idleMs } = options;
    const onError = (error: unknown) => reportFault(log, error, `looking for ${table.name} failed`);
    this.poller = new Poller(
      () => this.takeUp(),
      onError,
      50,
      () => idleMs,
    );
    this.leases = new Leases(db, table, leaseMs, () => this.held);
    const onCircuit = (lane: string, open: boolean) => {
      lanes.onCircuit(lane, open);
      this.poller.poke();
    };
    this.lanes = new Lanes({ ...lanes, onCircuit });
    db.onCommit(topic, () => this.poller.poke());
  }

  start(): void {
    this.poller.start();
    this.leases.start();
  }

  /**
   * Claims nothing more, lets the calls that are out come back, gives those up that take longer than `drainMs`, and hands
   * back what is left, to be taken up by another process at once.
   */
  async stop(): Promise<void> {
    this.draining = true;
    await this.poller.stop();
    const { drainMs, hurry } = this.options;
    const settled = new AbortController();
    const patience = AbortSignal.any(hurry ? [settled.signal, hurry] : [settled.signal]);
    const impatient = sleep(drainMs, undefined, { signal: patience })
      .catch(() => undefined)
      .then(() => this.held.forEach(({ abort }) => void abort.abort()));
    await Promise.all([...this.held].map(held => held.done));
    settled.abort();
    await impatient;
    this.leases.stop();
  }

  /** How each lane is used now, for the metrics. */
  get lanesInUse(): LaneUse[] {
    return this.lanes.inUse;
  }

  private async takeUp(): Promise<Found> {
    if (this.draining) return false;
    const { db, table, leaseMs, idleMs } = this.options;
    const askedAt = performance.now();
    const { jobs, more, nextInMs } = await claim(db, table, this.lanes, leaseMs, 2 * idleMs);
    for (const job of jobs) this.takeInHand(job, askedAt);
    if (jobs.length > 0) return more || 'busy';
    const soonest = Math.min(nextInMs ?? Number.POSITIVE_INFINITY, ...this.lanes.opensInMs);
    return Number.isFinite(soonest) && soonest;
  }

  private takeInHand(job: T, askedAt: number): void {
    const { table, leaseMs, naming, carryOut } = this.options;
    const name = String(job[table.lane]);
    const log = this.options.log.child(naming(job));
    const abort = new AbortController();
    const draining = () => this.draining;
    const leave = this.lanes.take(name);
    const hand = { lane: this.lanes.of(name), log, leaseMs, signal: abort.signal, draining };
    const work = carryOut(job, hand).catch(error => this.release(held, error));
    const held: Held<T> = {
      job,
      log,
      abort,
      holdsUntil: askedAt,
      done: Promise.resolve(),
    };
    this.leases.hold(held, askedAt);
    held.done = work.finally(() => {
      this.leases.letGo(held);
      leave();
      this.held.delete(held);
      this.poller.poke();
    });
    this.held.add(held);
  }

  /** Nobody waits for a lease that nobody needs. Tries for as long as the claim can be this worker's. */
  private async release(held: Held<T>, fault: unknown): Promise<void> {
    const { db, table } = this.options;
    reportFault(held.log, fault, 'the work met a fault of the database');
    while (performance.now() < held.holdsUntil) {
      try {
        return await unclaim(db, table, held.job, RELEASED_MS * (1 + Math.random()));
      } catch (error) {
        if (!isDatabaseFault(error)) return held.log.error({ err: error }, 'the claim could not be released');
        if (this.draining) return;
        await sleep(RELEASED_MS);
      }
    }
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type Database, isDatabaseFault, reportFault, type Topic } from '../database';
import { Poller, type PollResult } from '../events';
import { type Claimable, claimJobs, Fenced, type JobTable, releaseClaim } from './claims';
import { CallNotPermitted, type Lane } from './lane';
import { Lanes, type LanesOptions, type LaneUsage } from './lanes';
import { type ClaimedJob, Leases } from './leases';

/** Claim on one job: its lane, lease and abort signal. */
export interface Claim {
  lane: Lane;
  /** Logger with the ids of the job. */
  log: Logger;
  leaseMs: number;
  /**
   * Signal that is aborted when the claim ends: its lease expires or is lost, or the drain times out. Read it again before
   * each request. The timer of the lease is late after a pause of the process, so reading checks the lease, too.
   */
  currentSignal(): AbortSignal;
  /** Makes a call in the lane. Rejects with `CallNotPermitted` if the claim has ended: another worker may make the call. */
  makeCall<R>(work: () => Promise<R>): Promise<R>;
  /** Whether the worker is stopping and no new call may start. */
  draining: () => boolean;
}

/** Handles an error of a job: rethrows faults of the database, after which the claim is released, and logs any other. */
export function handleWorkError(error: unknown, log: Logger, message: string): void {
  if (isDatabaseFault(error)) throw error;
  if (error instanceof Fenced) log.info(error.message);
  else log.error({ err: error }, message);
}

/** Options of a job worker. */
export interface JobWorkerOptions<T extends Claimable> {
  db: Database;
  table: JobTable<T>;
  /** Topic of the commits in this process that create jobs. They wake the worker. */
  topic: Topic;
  lanes: LanesOptions;
  log: Logger;
  /** Lease of a claim, in milliseconds. Must be longer than the timeout of a call. */
  leaseMs: number;
  /** Time that `stop` waits for calls in flight, in milliseconds. */
  drainMs: number;
  /** Aborts the calls in flight at once, without waiting for `drainMs`. */
  forceStop?: AbortSignal;
  /** Longest pause between two polls for due jobs, in milliseconds. Each poll looks twice as far ahead. */
  idleMs: number;
  /** Log fields that identify a job. */
  logFields: (job: T) => object;
  /** Runs a claimed job. Rejects with faults of the database only, after which the claim is released. */
  run: (job: T, claim: Claim) => Promise<void>;
}

/** Delay before a job can be claimed again after a fault of the database, in milliseconds. */
const RELEASE_DELAY_MS = 500;

/** Claims and runs due jobs, up to the capacity of its lanes. Any number of workers can run concurrently. */
export class JobWorker<T extends Claimable> {
  private readonly claimedJobs = new Set<ClaimedJob<T>>();
  private readonly lanes: Lanes;
  private readonly poller: Poller;
  private readonly leases: Leases<T>;
  private draining = false;

  constructor(private readonly options: JobWorkerOptions<T>) {
    const { db, table, topic, lanes, log, leaseMs, idleMs } = options;
    const onError = (error: unknown) => reportFault(log, error, `claiming ${table.name} failed`);
    this.poller = new Poller(
      () => this.claimDue(),
      onError,
      50,
      () => idleMs,
    );
    this.leases = new Leases(db, table, leaseMs, () => this.claimedJobs);
    const onCircuitChange = (lane: string, open: boolean) => {
      lanes.onCircuitChange(lane, open);
      this.poller.wake();
    };
    this.lanes = new Lanes({ ...lanes, onCircuitChange });
    db.onCommit(topic, () => this.poller.wake());
  }

  start(): void {
    this.poller.start();
    this.leases.start();
  }

  /** Drains: claims no more, waits `drainMs` for calls in flight, aborts the rest, and releases the claims. */
  async stop(): Promise<void> {
    this.draining = true;
    await this.poller.stop();
    const { drainMs, forceStop } = this.options;
    const settled = new AbortController();
    const waiting = AbortSignal.any(forceStop ? [settled.signal, forceStop] : [settled.signal]);
    const abortLate = sleep(drainMs, undefined, { signal: waiting })
      .catch(() => undefined)
      .then(() => this.claimedJobs.forEach(({ abort }) => void abort.abort()));
    await Promise.all([...this.claimedJobs].map(claimed => claimed.done));
    settled.abort();
    await abortLate;
    this.leases.stop();
  }

  /** Usage of each lane, for the metrics. */
  get laneUsage(): LaneUsage[] {
    return this.lanes.usage;
  }

  private async claimDue(): Promise<PollResult> {
    if (this.draining) return false;
    const { db, table, leaseMs, idleMs } = this.options;
    const sentAt = performance.now();
    const { jobs, more, nextInMs } = await claimJobs(db, table, this.lanes, leaseMs, 2 * idleMs);
    for (const job of jobs) this.runJob(job, sentAt);
    if (jobs.length > 0) return more || 'busy';
    const soonest = Math.min(nextInMs ?? Number.POSITIVE_INFINITY, ...this.lanes.slotsFreeInMs);
    return Number.isFinite(soonest) && soonest;
  }

  private runJob(job: T, sentAt: number): void {
    const { table, leaseMs, logFields, run } = this.options;
    const name = String(job[table.lane]);
    const log = this.options.log.child(logFields(job));
    const abort = new AbortController();
    const releaseSlot = this.lanes.acquire(name);
    const claimed: ClaimedJob<T> = {
      job,
      log,
      abort,
      leaseEndsAt: sentAt + leaseMs,
      done: Promise.resolve(),
    };
    const lane = this.lanes.of(name);
    const currentSignal = () => this.leases.signalOf(claimed);
    const claim: Claim = {
      lane,
      log,
      leaseMs,
      currentSignal,
      makeCall: async work => {
        if (currentSignal().aborted) throw new CallNotPermitted('CLAIM_ENDED');
        return lane.call(work);
      },
      draining: () => this.draining,
    };
    const work = run(job, claim).catch(error => this.release(claimed, error));
    this.leases.extend(claimed, sentAt);
    claimed.done = work.finally(() => {
      this.leases.forget(claimed);
      releaseSlot();
      this.claimedJobs.delete(claimed);
      this.poller.wake();
    });
    this.claimedJobs.add(claimed);
  }

  /** Releases a claim instead of letting its lease expire. Retries for as long as the lease lasts. */
  private async release(claimed: ClaimedJob<T>, fault: unknown): Promise<void> {
    const { db, table } = this.options;
    reportFault(claimed.log, fault, 'job met a fault of the database');
    while (performance.now() < claimed.leaseEndsAt) {
      try {
        return await releaseClaim(db, table, claimed.job, RELEASE_DELAY_MS * (1 + Math.random()));
      } catch (error) {
        if (!isDatabaseFault(error)) return claimed.log.error({ err: error }, 'claim could not be released');
        if (this.draining) return;
        await sleep(RELEASE_DELAY_MS);
      }
    }
  }
}

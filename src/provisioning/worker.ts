import type { Logger } from 'pino';
import type { Database } from '../database';
import type { OperationStep, ProvisioningOperation } from '../entities';
import { Poller } from '../events';
import { claim, LEASE_SECONDS, renew } from './claims';
import { recordFault } from './give-up';
import { type Job, loadJob } from './job';
import { type Provider, ProviderFault } from './provider/port';
import type { RetryPolicy } from './retry-policy';
import { steps } from './steps';
import { walk } from './walk';
import { Fenced, writeOperation } from './write';

/** The clients of the providers, by the name that services give them. */
export type Providers = ReadonlyMap<string, Provider>;

/** What a worker is made of. */
export interface WorkerOptions {
  db: Database;
  providers: Providers;
  retries: RetryPolicy;
  log: Logger;
  /** Operations in hand at once. */
  concurrency: number;
  /** The longest pause between two looks for work when nothing happens in this process. */
  idleMs: number;
}

interface Held {
  operation: ProvisioningOperation;
  abort: AbortController;
  done: Promise<void>;
}

/**
 * Carries operations out: claims what is due, and takes each from call to call until it is finished, waits for another
 * attempt or is taken away. Any number of workers in any number of processes may run at once.
 */
export class Worker {
  private readonly held = new Map<string, Held>();
  private readonly poller: Poller;
  private heartbeat: NodeJS.Timeout | undefined;
  private draining = false;

  constructor(private readonly options: WorkerOptions) {
    const onError = (error: unknown) => options.log.error({ err: error }, 'looking for work failed');
    this.poller = new Poller(() => this.takeUp(), onError, 50, options.idleMs);
    options.db.onCommit('operations', () => this.poller.poke());
  }

  start(): void {
    this.poller.start();
    this.heartbeat = setInterval(() => this.renewAll(), (LEASE_SECONDS * 1000) / 3);
  }

  /** Claims nothing more, lets calls that are out come back, and hands back what is left. */
  async stop(): Promise<void> {
    this.draining = true;
    await this.poller.stop();
    await Promise.all([...this.held.values()].map(held => held.done));
    clearInterval(this.heartbeat);
  }

  private async takeUp(): Promise<boolean> {
    const room = this.options.concurrency - this.held.size;
    if (room === 0 || this.draining) return false;
    const operations = await claim(this.options.db, room);
    for (const operation of operations) this.takeInHand(operation);
    return operations.length > 0;
  }

  private takeInHand(operation: ProvisioningOperation): void {
    const abort = new AbortController();
    const done = this.carryOut(operation, abort.signal).finally(() => {
      this.held.delete(operation.id);
      this.poller.poke();
    });
    this.held.set(operation.id, { operation, abort, done });
  }

  /** Never throws: what goes wrong here is met again by whoever claims the operation after its lease. */
  private async carryOut(operation: ProvisioningOperation, signal: AbortSignal): Promise<void> {
    const { db } = this.options;
    const log = this.options.log.child({ operation: operation.id, trackId: operation.trackId });
    try {
      const job = await loadJob(db, operation);
      let step = await walk(db, job);
      while (step) {
        if (this.draining) return await handBack(db, job);
        const result = await this.call(job, step, signal, log);
        step = result && (await walk(db, job, result));
      }
    } catch (error) {
      if (error instanceof Fenced) log.info(error.message);
      else log.error({ err: error }, 'an operation could not be carried on');
    }
  }

  /** Resolves to what the call gave; undefined when it failed, which is then written. */
  private async call(job: Job, step: OperationStep, signal: AbortSignal, log: Logger) {
    const { db, providers, retries } = this.options;
    const { operation } = job;
    const provider = providers.get(operation.provider);
    if (!provider) throw new Error(`No provider is called ${operation.provider}`);
    try {
      const tools = { session: db, provider, call: { trackId: operation.trackId, signal } };
      return { result: await steps[step.name].call?.(job, tools) };
    } catch (error) {
      if (!(error instanceof ProviderFault)) throw error;
      log.warn({ step: step.name, attempt: step.attempts, code: error.code }, error.message);
      await recordFault(db, job, step, error, retries);
      return undefined;
    }
  }

  private renewAll(): void {
    for (const { operation, abort } of this.held.values()) {
      renew(this.options.db, operation).then(
        kept => kept || abort.abort(),
        error =>
          this.options.log.warn({ err: error, operation: operation.id }, 'a claim could not be renewed'),
      );
    }
  }
}

/** Gives the claim back before a call that was not made: another worker goes on at once. */
function handBack(db: Database, { operation }: Job): Promise<void> {
  const { state, position } = operation;
  return db.transaction(tx => writeOperation(tx, operation, state, { state, position, due: { inMs: 0 } }));
}

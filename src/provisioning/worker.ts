import { setTimeout as sleep } from 'node:timers/promises';
import { SpanKind } from '@opentelemetry/api';
import type { Logger } from 'pino';
import type { Database } from '../database';
import type { ProvisioningOperation } from '../entities';
import { type Found, Poller } from '../events';
import { inTrackedSpan, makeTrackedRoot, type ProvisioningMetrics } from '../observability';
import { carryOut } from './carry-out';
import { claim, type Room } from './claims';
import { defaultLimits, Lane, type LaneLimits } from './lane';
import { type Held, Leases } from './leases';
import type { Provider } from './provider/port';
import type { RetryPolicy } from './retry-policy';

/** The clients of the providers, by the name that services give them. */
export type Providers = ReadonlyMap<string, Provider>;

/** What a worker is made of. */
export interface WorkerOptions {
  db: Database;
  providers: Providers;
  retries: RetryPolicy;
  log: Logger;
  metrics: ProvisioningMetrics;
  /** How long a claim holds without being renewed: longer than any call to a provider may take. */
  leaseMs: number;
  /** How long a worker that is to stop waits for the calls that are out. */
  drainMs: number;
  /** For each provider. */
  limits?: LaneLimits;
}

/** The longest pause between two looks for work that nobody in this process announced. */
const IDLE_MS = 1000;

/**
 * Carries operations out: claims what is due, as much as its providers have room for. Any number of workers in any
 * number of processes may run at once.
 */
export class Worker {
  private readonly held = new Set<Held>();
  private readonly lanes: ReadonlyMap<string, Lane>;
  private readonly poller: Poller;
  private readonly leases: Leases;
  private draining = false;

  constructor(private readonly options: WorkerOptions) {
    const { db, providers, log, leaseMs, limits = defaultLimits } = options;
    const onError = (error: unknown) => log.error({ err: error }, 'looking for work failed');
    this.poller = new Poller(
      () => this.takeUp(),
      onError,
      50,
      () => IDLE_MS,
    );
    this.leases = new Leases(db, leaseMs, () => this.held);
    this.lanes = new Map(
      [...providers].map(([name, provider]) => [
        name,
        new Lane(provider, limits, open => {
          log.warn(
            { provider: name },
            open ? 'the provider is left alone for a while' : 'the provider is back',
          );
          this.poller.poke();
        }),
      ]),
    );
    db.onCommit('operations', () => this.poller.poke());
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
    const patience = new AbortController();
    const impatient = sleep(this.options.drainMs, undefined, { signal: patience.signal }).then(
      () => this.held.forEach(({ abort }) => void abort.abort()),
      () => undefined,
    );
    await Promise.all([...this.held].map(held => held.done));
    patience.abort();
    await impatient;
    this.leases.stop();
  }

  /** How each provider is used now, for the metrics. */
  get lanesInUse(): { provider: string; inHand: number; circuitOpen: boolean }[] {
    return [...this.lanes].map(([provider, { inHand, circuitOpen }]) => ({ provider, inHand, circuitOpen }));
  }

  private async takeUp(): Promise<Found> {
    if (this.draining) return false;
    const room: Room = new Map([...this.lanes].map(([name, lane]) => [name, lane.room]));
    const { operations, nextInMs } = await claim(this.options.db, room, this.options.leaseMs, 2 * IDLE_MS);
    for (const operation of operations) this.takeInHand(operation);
    if (operations.length > 0) return true;
    const closed = [...this.lanes.values()].flatMap(lane => (lane.closedForMs > 0 ? [lane.closedForMs] : []));
    const soonest = Math.min(nextInMs ?? Number.POSITIVE_INFINITY, ...closed);
    return Number.isFinite(soonest) && soonest;
  }

  private takeInHand(operation: ProvisioningOperation): void {
    const lane = this.lanes.get(operation.provider);
    if (!lane) throw new Error(`${operation.id} was claimed for ${operation.provider}, which has no lane`);
    const { db, retries, leaseMs, metrics } = this.options;
    const log = this.options.log.child({ operation: operation.id, trackId: operation.trackId });
    const abort = new AbortController();
    const draining = () => this.draining;
    const leave = lane.take();
    const tools = { db, lane, retries, log, leaseMs, metrics, signal: abort.signal, draining };
    const work = traced(operation, () => carryOut(operation, tools));
    const held: Held = {
      operation,
      log,
      abort,
      holdsUntil: this.leases.holdsUntil(),
      done: Promise.resolve(),
    };
    held.done = work.finally(() => {
      leave();
      this.held.delete(held);
      this.poller.poke();
    });
    this.held.add(held);
  }
}

/** In the trace of the operation, whose root is made by whoever is the first to claim it: it tells how long it waited. */
function traced(operation: ProvisioningOperation, work: () => Promise<void>): Promise<void> {
  const { id, kind, trackId, token, createdAt, orderId, subscriptionId } = operation;
  const attributes = {
    'skybasket.operation.id': id,
    'skybasket.subscription.id': subscriptionId,
    ...(orderId && { 'skybasket.order.id': orderId }),
  };
  if (token === 1) makeTrackedRoot(trackId, `${kind} is waiting`, createdAt, attributes);
  return inTrackedSpan(trackId, kind, { kind: SpanKind.CONSUMER, attributes }, work);
}

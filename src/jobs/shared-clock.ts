import type { Logger } from 'pino';
import { monotonicMs, skewMs, synchronize } from '../clock';
import { type Database, serverTimeMs } from '../database';
import { type Found, Poller } from '../events';
import { endLongWaits } from './claims';

/** Longest difference between the clocks of this process and the database with which calendar work is done. */
const MOST_SKEW_MS = 5000;
/** Time between two readings of the database's clock. */
const READ_MS = 30_000;
/** Age at which the last reading proves nothing any more. */
const OLD_MS = 4 * READ_MS;

/**
 * Keeps the process synchronized with the database's clock, which all processes share. Work that follows the calendar and
 * cannot be taken back is refused while the two clocks differ: one of them is wrong, and nobody knows which.
 */
export class SharedClock {
  private readonly poller: Poller;
  private readAt = Number.NEGATIVE_INFINITY;
  private hasSaidSkew = false;

  /** @param leaseMs the longest time that a job waits after the database's clock has gone back. */
  constructor(
    private readonly db: Database,
    private readonly log: Logger,
    private readonly leaseMs: number,
  ) {
    const onError = (error: unknown) =>
      log.warn({ err: error }, 'the clock of the database could not be read');
    this.poller = new Poller(
      () => this.read(),
      onError,
      READ_MS,
      () => READ_MS,
    );
  }

  /** Reads the database's clock, and again from time to time. */
  async start(): Promise<void> {
    await this.read();
    this.poller.start();
  }

  stop(): Promise<void> {
    return this.poller.stop();
  }

  /** `work`, which is left out while the clocks differ or the database's clock is not known. */
  whileAgreed(work: () => Promise<Found>): () => Promise<Found> {
    return async () => this.agrees() && work();
  }

  private agrees(): boolean {
    const skew = skewMs();
    const isSkewed = Math.abs(skew) > MOST_SKEW_MS;
    if (isSkewed !== this.hasSaidSkew) {
      this.hasSaidSkew = isSkewed;
      if (isSkewed) this.log.error({ skewMs: Math.round(skew) }, SKEWED);
      else
        this.log.info({ skewMs: Math.round(skew) }, 'the clock agrees with the clock of the database again');
    }
    return !isSkewed && monotonicMs() - this.readAt < OLD_MS;
  }

  private async read(): Promise<false> {
    const jumpMs = await synchronize(() => serverTimeMs(this.db));
    this.readAt = monotonicMs();
    this.agrees();
    if (Math.abs(jumpMs) > MOST_SKEW_MS) {
      this.log.warn({ jumpMs: Math.round(jumpMs) }, 'the clock of the database has jumped');
    }
    if (jumpMs < -this.leaseMs) await endLongWaits(this.db, -jumpMs, this.leaseMs);
    return false;
  }
}

const SKEWED =
  'the clock differs from the clock of the database: due cancellations and retention wait until they agree';

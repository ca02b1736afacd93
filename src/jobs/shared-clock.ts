import type { Logger } from 'pino';
import { monotonicMs, skewMs, synchronize } from '../clock';
import { type Database, serverTimeMs } from '../database';
import { Poller, type PollResult } from '../events';
import { shortenWaits } from './shorten-waits';

/** Maximum skew between the clocks of this process and the database for calendar work. */
const MAX_SKEW_MS = 5000;
/** Interval between two readings of the database's clock. */
const READ_INTERVAL_MS = 30_000;
/** Maximum age of the last reading. */
const MAX_AGE_MS = 4 * READ_INTERVAL_MS;

/** Synchronizes with the database's clock. While the clocks differ, irreversible calendar work is refused. */
export class SharedClock {
  private readonly poller: Poller;
  private readAt = Number.NEGATIVE_INFINITY;
  private isSkewLogged = false;

  /** @param leaseMs longest wait of a job after the database's clock was set back. */
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
      READ_INTERVAL_MS,
      () => READ_INTERVAL_MS,
    );
  }

  /** Reads the database's clock, now and every 30 seconds. */
  async start(): Promise<void> {
    await this.read();
    this.poller.start();
  }

  stop(): Promise<void> {
    return this.poller.stop();
  }

  /** Wraps `work` so that it is skipped while the clocks differ or the clock of the database is unknown. */
  whileInSync(work: () => Promise<PollResult>): () => Promise<PollResult> {
    return async () => this.isInSync() && work();
  }

  private isInSync(): boolean {
    const skew = skewMs();
    const isSkewed = Math.abs(skew) > MAX_SKEW_MS;
    if (isSkewed !== this.isSkewLogged) {
      this.isSkewLogged = isSkewed;
      if (isSkewed) this.log.error({ skewMs: Math.round(skew) }, SKEWED);
      else
        this.log.info({ skewMs: Math.round(skew) }, 'the clock agrees with the clock of the database again');
    }
    return !isSkewed && monotonicMs() - this.readAt < MAX_AGE_MS;
  }

  private async read(): Promise<false> {
    const jumpMs = await synchronize(() => serverTimeMs(this.db));
    this.readAt = monotonicMs();
    this.isInSync();
    if (Math.abs(jumpMs) > MAX_SKEW_MS) {
      this.log.warn({ jumpMs: Math.round(jumpMs) }, 'the clock of the database has jumped');
    }
    if (jumpMs < -this.leaseMs) await shortenWaits(this.db, -jumpMs, this.leaseMs);
    return false;
  }
}

const SKEWED =
  'the clock differs from the clock of the database: due cancellations and retention wait until they agree';

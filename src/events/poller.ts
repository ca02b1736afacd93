/** Result of a poll: `true` to poll at once, `false` if idle, ms until the next job, `busy` if more work is likely soon. */
export type PollResult = boolean | number | 'busy';

/**
 * Polls with exponential backoff: runs `work` at once after `wake`, otherwise after a pause that doubles from `minPauseMs` to
 * `maxPauseMs` while there is nothing to do, or earlier when `work` reports a due time. Runs never overlap; a `wake` during a
 * run causes another run.
 */
export class Poller {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = true;
  private pause: number;
  private dueIn = Number.POSITIVE_INFINITY;

  /** @param maxPauseMs evaluated before every pause. */
  constructor(
    private readonly work: () => Promise<PollResult>,
    private readonly onError: (error: unknown) => void,
    private readonly minPauseMs: number,
    private readonly maxPauseMs: () => number,
  ) {
    this.pause = minPauseMs;
  }

  start(): void {
    this.stopped = false;
    this.wake();
  }

  /** Runs `work` now, or again after the current run. */
  wake(): void {
    this.again = true;
    if (this.stopped || this.running) return;
    clearTimeout(this.timer);
    this.running = this.run().finally(() => {
      this.running = undefined;
      this.schedule();
    });
  }

  /** Stops polling. Resolves when the current run has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    while (this.again && !this.stopped) {
      this.again = false;
      try {
        const found = await this.work();
        this.dueIn = typeof found === 'number' ? found : Number.POSITIVE_INFINITY;
        const isBusy = found === true || found === 'busy';
        this.pause = isBusy ? this.minPauseMs : Math.min(this.pause * 2, this.maxPauseMs());
        if (found === true) this.again = true;
      } catch (error) {
        this.pause = this.maxPauseMs();
        this.dueIn = Number.POSITIVE_INFINITY;
        this.onError(error);
      }
    }
  }

  private schedule(): void {
    if (this.stopped) return;
    const pause = this.again ? 0 : this.pause * (0.75 + Math.random() / 2);
    this.timer = setTimeout(() => this.wake(), Math.min(pause, this.dueIn));
  }
}

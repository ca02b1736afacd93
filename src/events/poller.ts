/**
 * What a round found: more to do at once, nothing, something that is due in so many milliseconds, or all that there was
 * of a busy time, in which more is likely soon.
 */
export type Found = boolean | number | 'busy';

/**
 * Runs `work` again and again: at once when poked, otherwise after a pause that doubles from `least` to `most`
 * milliseconds while `work` finds nothing to do, and is cut short for what `work` says is due earlier. Never two at a
 * time; a poke during a run leads to another run.
 */
export class Poller {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = true;
  private pause: number;
  private dueIn = Number.POSITIVE_INFINITY;

  /** @param most may change with time: it is asked before every pause. */
  constructor(
    private readonly work: () => Promise<Found>,
    private readonly onError: (error: unknown) => void,
    private readonly least: number,
    private readonly most: () => number,
  ) {
    this.pause = least;
  }

  start(): void {
    this.stopped = false;
    this.poke();
  }

  /** There is something to do. */
  poke(): void {
    this.again = true;
    if (this.stopped || this.running) return;
    clearTimeout(this.timer);
    this.running = this.run().finally(() => {
      this.running = undefined;
      this.schedule();
    });
  }

  /** Resolves when nothing runs any more. */
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
        this.pause = isBusy ? this.least : Math.min(this.pause * 2, this.most());
        if (found === true) this.again = true;
      } catch (error) {
        this.pause = this.most();
        this.dueIn = Number.POSITIVE_INFINITY;
        this.onError(error);
      }
    }
  }

  private schedule(): void {
    if (this.stopped) return;
    const pause = this.again ? 0 : this.pause * (0.75 + Math.random() / 2);
    this.timer = setTimeout(() => this.poke(), Math.min(pause, this.dueIn));
  }
}

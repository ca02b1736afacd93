/**
 * Runs `work` again and again: at once when poked, otherwise after a pause that doubles from `least` to `most`
 * milliseconds while `work` finds nothing to do. Never two at a time; a poke during a run leads to another run.
 */
export class Poller {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = true;
  private pause: number;

  constructor(
    private readonly work: () => Promise<boolean>,
    private readonly onError: (error: unknown) => void,
    private readonly least: number,
    private readonly most: number,
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
        const busy = await this.work();
        this.pause = busy ? this.least : Math.min(this.pause * 2, this.most);
        if (busy) this.again = true;
      } catch (error) {
        this.pause = this.most;
        this.onError(error);
      }
    }
  }

  private schedule(): void {
    if (this.stopped) return;
    const pause = this.again ? 0 : this.pause * (0.75 + Math.random() / 2);
    this.timer = setTimeout(() => this.poke(), pause);
  }
}

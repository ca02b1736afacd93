import { writeSync } from 'node:fs';

/** How often, and with which pause, a pipe that is full is tried again before a line is dropped. */
const TRIES = 50;
const PAUSE_MS = 2;

const sleeper = new Int32Array(new SharedArrayBuffer(4));
/** Blocks the process: the log is written in order and before anything that follows it. */
const pause = () => Atomics.wait(sleeper, 0, 0, PAUSE_MS);

/**
 * The log on a file descriptor. A line that cannot be written (a full disk, a reader that is gone) is dropped and counted:
 * the log never stops what it reports on. The first line that can be written again says how many were lost.
 */
export class LogStream {
  private lost = 0;
  private unreported = 0;
  private isCut = false;

  constructor(private readonly fd: number) {}

  /** Lines dropped since the start. */
  get dropped(): number {
    return this.lost;
  }

  /** Writes a line, which ends with a line break. */
  write(line: string): void {
    if (this.unreported > 0 && this.put(report(this.unreported))) this.unreported = 0;
    if (this.unreported > 0 || !this.put(line)) this.drop();
  }

  private drop(): void {
    this.lost += 1;
    this.unreported += 1;
  }

  private put(line: string): boolean {
    // What was written of a line before the disk was full ends here, so that this one is a line of its own.
    const bytes = Buffer.from(this.isCut ? `\n${line}` : line);
    let written = 0;
    // After a drop nothing is waited for: a reader that stands still costs its first line only.
    for (let tries = this.unreported > 0 ? 1 : TRIES; written < bytes.length; ) {
      try {
        written += writeSync(this.fd, bytes, written);
      } catch (error) {
        tries -= 1;
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN' || tries <= 0) break;
        pause();
      }
    }
    const isComplete = written === bytes.length;
    if (written > 0) this.isCut = !isComplete;
    return isComplete;
  }
}

const report = (count: number) => {
  const fields = { level: 40, time: performance.timeOrigin + performance.now(), dropped: count };
  return `${JSON.stringify({ ...fields, time: Math.round(fields.time), msg: 'log lines were dropped' })}\n`;
};

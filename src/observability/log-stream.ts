import { writeSync } from 'node:fs';

/** Maximum attempts to write a line to a full pipe, and the milliseconds between them. */
const MAX_ATTEMPTS = 50;
const PAUSE_MS = 2;

const sleeper = new Int32Array(new SharedArrayBuffer(4));
/** Blocks the process, so that lines are written in order and before later effects. */
const pause = () => Atomics.wait(sleeper, 0, 0, PAUSE_MS);

/** Log on a file descriptor. Drops lines that cannot be written, so that logging stops nothing, and reports their number. */
export class LogStream {
  private droppedLines = 0;
  private unreported = 0;
  private hasPartialLine = false;

  constructor(private readonly fd: number) {}

  /** Number of lines dropped since the start. */
  get dropped(): number {
    return this.droppedLines;
  }

  /** Writes a line, which ends with a line break. */
  write(line: string): void {
    if (this.unreported > 0 && this.writeLine(droppedReport(this.unreported))) this.unreported = 0;
    if (this.unreported > 0 || !this.writeLine(line)) this.drop();
  }

  private drop(): void {
    this.droppedLines += 1;
    this.unreported += 1;
  }

  private writeLine(line: string): boolean {
    // A line break ends the partial line that was written before the disk was full.
    const bytes = Buffer.from(this.hasPartialLine ? `\n${line}` : line);
    let written = 0;
    // After a drop there are no retries: a blocked pipe delays its first line only.
    for (let tries = this.unreported > 0 ? 1 : MAX_ATTEMPTS; written < bytes.length; ) {
      try {
        written += writeSync(this.fd, bytes, written);
      } catch (error) {
        tries -= 1;
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN' || tries <= 0) break;
        pause();
      }
    }
    const isComplete = written === bytes.length;
    if (written > 0) this.hasPartialLine = !isComplete;
    return isComplete;
  }
}

const droppedReport = (count: number) => {
  const fields = { level: 40, time: performance.timeOrigin + performance.now(), dropped: count };
  return `${JSON.stringify({ ...fields, time: Math.round(fields.time), msg: 'log lines were dropped' })}\n`;
};

/**
 * The one place that reads the time of day. A process's own clock may be wrong and may jump, so it is trusted with nothing:
 * durations are measured by a monotonic clock, and points in time are those of the database, which all processes share.
 */

/** A reading of the shared clock, and the monotonic time at which it was true. */
interface Anchor {
  time: number;
  at: number;
  /** Half of the round trip: the reading is no more exact than this. */
  uncertainty: number;
}

let anchor: Anchor | undefined;

/** Milliseconds of a clock that never jumps. Only the difference of two values has a meaning, and only in this process. */
export const monotonicMs = (): number => performance.now();

const estimate = ({ time, at }: Anchor): number => time + monotonicMs() - at;

/** Current time in milliseconds since 1970, by the shared clock; by the process's own clock until it is synchronized. */
export const currentTimeMs = (): number => Math.floor(anchor ? estimate(anchor) : Date.now());

/** Current time, by the shared clock; by the process's own clock until it is synchronized. */
export const currentTime = (): Date => new Date(currentTimeMs());

/** Milliseconds since `moment`, by the shared clock. Never negative. */
export const elapsedSince = (moment: Date): number => Math.max(0, currentTimeMs() - moment.getTime());

/** Milliseconds by which the process's own clock is ahead of the shared clock, negative when behind. 0 until synchronized. */
export const skewMs = (): number => (anchor ? Date.now() - estimate(anchor) : 0);

/** Synchronizes with the clock that `read` returns in ms since 1970. Resolves to its jump in ms, 0 unless it is proven. */
export async function synchronize(read: () => Promise<number>): Promise<number> {
  const before = monotonicMs();
  const time = await read();
  const after = monotonicMs();
  const reading = { time, at: (before + after) / 2, uncertainty: (after - before) / 2 + 1 };
  const jumpMs = anchor ? estimate(reading) - estimate(anchor) : 0;
  const isProven = Math.abs(jumpMs) > reading.uncertainty + (anchor?.uncertainty ?? 0);
  // A reading within the uncertainty is no news: time would only tremble with the network.
  if (!anchor || isProven || reading.uncertainty < anchor.uncertainty) anchor = reading;
  return isProven ? jumpMs : 0;
}

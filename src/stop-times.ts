/** Timeouts of the consecutive steps of a stop, in milliseconds. */
export const stopTimes = {
  /** Provider calls and webhook deliveries in progress. */
  calls: 3000,
  /** Client connections, after the port is closed. */
  connections: 1000,
  /** Statements in progress, when the pool is closed. */
  statements: 1000,
  /** Export of the last traces. */
  traces: 1500,
};

/** Milliseconds of a stop that are not spent waiting. */
const OVERHEAD_MS = 500;

/** Milliseconds from the end of the drain until the process ends. */
export const STOP_TIMEOUT_MS = Object.values(stopTimes).reduce((sum, ms) => sum + ms, OVERHEAD_MS);

/** Longest times in milliseconds of the steps of a stop that wait, one after the other. */
export const stopTimes = {
  /** For calls that are out. */
  calls: 3000,
  /** For connections of clients to end by themselves once the port is closed. */
  connections: 1000,
  /** For statements under way when the connections to the database are closed. */
  statements: 1000,
  /** For the last traces to be sent. */
  traces: 1500,
};

/** Time for what does not wait for anybody else. */
const WORK_MS = 500;

/** Milliseconds after the drain in which a process ends, whatever its clients, providers and database do. */
export const END_MS = Object.values(stopTimes).reduce((sum, ms) => sum + ms, WORK_MS);

export { Fenced, inSql, type JobTable, stillHeld } from './claims';
export { type LaneLimits, NotCalled } from './lane';
export type { LaneUse } from './lanes';
export { defaultRetries, exponential, type RetryBounds, type RetryPolicy } from './retry-policy';
export { type Hand, JobWorker } from './worker';

export { Fenced, type JobTable, stillHeld } from './claims';
export { type LaneLimits, NotCalled } from './lane';
export type { LaneUse, Share } from './lanes';
export { defaultRetries, exponential, notBefore, type RetryBounds, type RetryPolicy } from './retry-policy';
export { SharedClock } from './shared-clock';
export { endWork, type Hand, JobWorker } from './worker';

export { Fenced, findClaimed, type JobTable } from './claims';
export { GroupCommit } from './group-commit';
export { CallNotPermitted, type LaneLimits } from './lane';
export type { LaneUsage, SharedLimits } from './lanes';
export {
  defaultRetryBounds,
  exponentialBackoff,
  type RetryBounds,
  type RetryPolicy,
  respectRetryAfter,
} from './retry-policy';
export { SharedClock } from './shared-clock';
export { type Claim, handleWorkError, JobWorker } from './worker';

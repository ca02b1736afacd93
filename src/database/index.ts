export { Cancelled, TimedOut } from './cancellable';
export { createDataSource, serverKind } from './data-source';
export { Database } from './database';
export { isDuplicate, isLockTimeout, isOutage } from './faults';
export { grantsFor } from './grants';
export { whenThere } from './patience';
export type { EntityClass, Value } from './rows';
export { list, type Patch, padded, type Session } from './session';
export type { Topic, Transaction } from './transaction';

export { Cancelled, TimedOut } from './cancellable';
export { createDataSource, serverKind } from './data-source';
export { Database } from './database';
export { isConnectionLost, isDuplicate, isLockTimeout } from './faults';
export { grantsFor } from './grants';
export type { EntityClass, Value } from './rows';
export { list, type Session } from './session';
export type { Topic, Transaction } from './transaction';

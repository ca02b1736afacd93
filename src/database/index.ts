export { type Columns, columns } from './columns';
export { createDataSource, detectDialect } from './data-source';
export { Database } from './database';
export {
  DatabaseUnavailable,
  isDatabaseFault,
  isDuplicate,
  isLockTimeout,
  isOutage,
} from './faults';
export {
  DatabaseUnusable,
  explainStartupError,
  maxGateways,
  migrate,
  type OpenDatabase,
  openDatabase,
  prepareDataSource,
} from './open';
export { reportFault } from './report-fault';
export type { EntityClass, Patch, Row, Value } from './rows';
export { databaseNow, fromNow, fromNowBy, serverTimeMs } from './server-time';
export { padded, placeholders, type Session } from './session';
export { Cancelled, ReadTooLong, TimedOut } from './signals';
export type { Topic, Transaction } from './transaction';

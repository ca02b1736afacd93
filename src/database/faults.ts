/**
 * Consequence of a database fault for the caller:
 * - `restart`: the server undid the statement or transaction. The same work can succeed at once.
 * - `wait`: the server or the connection is unavailable. The same work can succeed over a new connection, a little
 * later.
 * - `refuse`: the server lacks a resource or refuses the gateway. Waiting within one request does not help.
 * - `answer`: the server did what it was asked. The caller decides.
 * Errors that are not in the table are invalid statements or violated constraints.
 */
export type FaultClass = 'restart' | 'wait' | 'refuse' | 'answer';

/**
 * Sources: MySQL 8.4 Server Error Message Reference, MySQL 8.4 Client Error Message Reference, MariaDB Error Codes,
 * Galera Cluster documentation (1047, 1180), MySQL Group Replication (3098 to 3101, 3781 to 3799), `perror` of MySQL 9.7 (6400).
 */
const CLASSES: Readonly<Record<FaultClass, readonly number[]>> = {
  restart: [
    1020, // ER_CHECKREAD: the row changed since it was read
    1205, // ER_LOCK_WAIT_TIMEOUT
    1213, // ER_LOCK_DEADLOCK; on Galera also a failed certification, at COMMIT or ROLLBACK
    1317, // ER_QUERY_INTERRUPTED: KILL QUERY by somebody else
    1412, // ER_TABLE_DEF_CHANGED: a migration changed the table during the transaction
    1615, // ER_NEED_REPREPARE
    1689, // ER_LOCK_ABORTED: a metadata lock took precedence
    3101, // ER_TRANSACTION_ROLLBACK_DURING_COMMIT: lost the certification of Group Replication
  ],
  wait: [
    1040, // ER_CON_COUNT_ERROR: too many connections
    1047, // ER_UNKNOWN_COM_ERROR: the Galera node is outside its quorum
    1053, // ER_SERVER_SHUTDOWN
    1077, // ER_NORMAL_SHUTDOWN
    1152, // ER_ABORTING_CONNECTION
    1158, // ER_NET_READ_ERROR
    1159, // ER_NET_READ_INTERRUPTED
    1160, // ER_NET_ERROR_ON_WRITE
    1161, // ER_NET_WRITE_INTERRUPTED
    1180, // ER_ERROR_DURING_COMMIT: the outcome is unknown; every write is conditional or keyed
    1184, // ER_NEW_ABORTING_CONNECTION
    1203, // ER_TOO_MANY_USER_CONNECTIONS
    1226, // ER_USER_LIMIT_REACHED
    1243, // ER_UNKNOWN_STMT_HANDLER: a proxy moved the connection to another server
    1290, // ER_OPTION_PREVENTS_STATEMENT: read_only, also of an expelled member of Group Replication
    1637, // ER_TOO_MANY_CONCURRENT_TRXS
    1792, // ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION: the server makes its transactions read-only
    1836, // ER_READ_ONLY_MODE
    1874, // ER_INNODB_READ_ONLY
    1927, // ER_CONNECTION_KILLED
    2002, // CR_CONNECTION_ERROR
    2003, // CR_CONN_HOST_ERROR
    2006, // CR_SERVER_GONE_ERROR
    2013, // CR_SERVER_LOST
    3032, // ER_SERVER_OFFLINE_MODE
    3100, // ER_RUN_HOOK_ERROR: the member of Group Replication is outside the majority, or leaves its group
    3168, // ER_SERVER_ISNT_AVAILABLE
    3169, // ER_SESSION_WAS_KILLED
    3781, // ER_GR_HOLD_WAIT_TIMEOUT: a new primary did not apply its backlog in time
    3782, // ER_GR_HOLD_KILLED: Group Replication stopped while a new primary applied its backlog
    3783, // ER_GR_HOLD_MEMBER_STATUS_ERROR: a new primary failed while it applied its backlog
    3796, // ER_GRP_TRX_CONSISTENCY_NOT_ALLOWED: the state of the member does not allow it, as while it joins
    3797, // ER_GRP_TRX_CONSISTENCY_BEFORE: the wait for earlier commits of the group failed
    3798, // ER_GRP_TRX_CONSISTENCY_AFTER_ON_TRX_BEGIN: the wait for commits with AFTER failed
    3799, // ER_GRP_TRX_CONSISTENCY_BEGIN_NOT_ALLOWED: Group Replication is stopping
    4031, // ER_CLIENT_INTERACTION_TIMEOUT: the connection was idle for too long
    6400, // ER_SERVER_OFFLINE_MODE_REASON: 3032 of MySQL 9, also of an expelled member of Group Replication
  ],
  refuse: [
    1016, // ER_CANT_OPEN_FILE: out of file descriptors, or a damaged table
    1021, // ER_DISK_FULL
    1026, // ER_ERROR_ON_WRITE
    1030, // ER_GET_ERRNO: the storage engine failed
    1037, // ER_OUTOFMEMORY
    1038, // ER_OUT_OF_SORTMEMORY
    1041, // ER_OUT_OF_RESOURCES
    1044, // ER_DBACCESS_DENIED_ERROR
    1045, // ER_ACCESS_DENIED_ERROR: the password was changed while the gateway runs
    1049, // ER_BAD_DB_ERROR
    1114, // ER_RECORD_FILE_FULL: the table, and so the disk, is full
    1129, // ER_HOST_IS_BLOCKED
    1130, // ER_HOST_NOT_PRIVILEGED
    1135, // ER_CANT_CREATE_THREAD
    1197, // ER_TRANS_CACHE_FULL: the transaction is larger than max_binlog_cache_size
    1206, // ER_LOCK_TABLE_FULL
    1251, // ER_NOT_SUPPORTED_AUTH_MODE
    1461, // ER_MAX_PREPARED_STMT_COUNT_REACHED; met by sending text before it gets here
    1524, // ER_PLUGIN_IS_NOT_LOADED: mysql_native_password is gone from MySQL 9
    1698, // ER_ACCESS_DENIED_NO_PASSWORD_ERROR
    1820, // ER_MUST_CHANGE_PASSWORD
    1862, // ER_MUST_CHANGE_PASSWORD_LOGIN
    1878, // ER_TEMP_FILE_WRITE_FAILURE
    1969, // ER_STATEMENT_TIMEOUT: max_statement_time of MariaDB
    3024, // ER_QUERY_TIMEOUT: max_execution_time of MySQL
    3098, // ER_BEFORE_DML_VALIDATION_ERROR: Group Replication refuses the table
    3118, // ER_ACCOUNT_HAS_BEEN_LOCKED of MySQL
    3159, // ER_SECURE_TRANSPORT_REQUIRED
    3675, // ER_DISK_FULL_NOWAIT
    3955, // ER_USER_ACCESS_DENIED_FOR_USER_ACCOUNT_BLOCKED_BY_PASSWORD_LOCK
    4151, // ER_ACCOUNT_HAS_BEEN_LOCKED of MariaDB
  ],
  answer: [
    1094, // ER_NO_SUCH_THREAD: the statement to stop has ended
    1095, // ER_KILL_DENIED_ERROR: the connection belongs to somebody else by now
    3572, // ER_LOCK_NOWAIT of MySQL; MariaDB answers 1205
  ],
};

const CLASS_OF = new Map(
  Object.entries(CLASSES).flatMap(([name, errnos]) => errnos.map(errno => [errno, name as FaultClass])),
);

/** Codes of the driver and of the operating system for a connection that is lost or cannot be opened. */
const LOST = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  // A statement that waited on a connection which is destroyed meanwhile.
  'ERR_STREAM_DESTROYED',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

const WRITES_REFUSED = new Set([1021, 1026, 1030, 1114, 1290, 1792, 1836, 1874, 1878, 3098, 3100, 3675]);
const LOCK_TIMEOUTS = new Set([1205, 3572]);
const DUPLICATE = 1062;
const PREPARED_FULL = 1461;
const NO_SUCH_TABLE = 1146;

interface DriverError {
  errno?: number;
  code?: string;
  message?: string;
  /** Set by the driver on errors that end the connection. Other libraries share only the codes. */
  fatal?: boolean;
  /** Set by the driver on errors that the server returned. */
  sqlState?: string;
}

/** Fault that the gateway itself detects, with its class. */
class DatabaseFault extends Error {
  constructor(
    message: string,
    readonly fault: FaultClass,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A connection could not be opened. */
export class ConnectionFailed extends DatabaseFault {
  constructor(cause: unknown) {
    super((cause as Error).message, classOf(cause) ?? 'refuse', { cause });
  }
}

/** A statement missed its deadline. Its connection is destroyed, so its outcome is unknown. */
export class StatementTimeout extends DatabaseFault {
  constructor(ms: number) {
    super(`The database did not answer a statement within ${ms} ms.`, 'wait');
  }
}

/** No connection of the pool became free within twice the statement timeout. */
export class PoolExhausted extends DatabaseFault {
  constructor(ms: number) {
    super(`No connection of the pool became free within ${ms} ms.`, 'refuse');
  }
}

/** NOWAIT found the row locked. */
export class RowLocked extends DatabaseFault {
  readonly errno = 1205;

  constructor(cause: unknown) {
    super('The row is locked.', 'answer', { cause });
  }
}

/** The database is unavailable: UNAVAILABLE, or HTTP 503 with `Retry-After`. `cause` is the fault. */
export class DatabaseUnavailable extends DatabaseFault {
  constructor(cause: unknown) {
    super('The database is not available.', classOf(cause) ?? 'refuse', { cause });
  }
}

/** Class of a database fault. Undefined for any other error. */
export function classOf(error: unknown): FaultClass | undefined {
  if (error instanceof DatabaseFault) return error.fault;
  const { errno, code, message, fatal } = (error ?? {}) as DriverError;
  if (fatal && LOST.has(code ?? '')) return 'wait';
  // The driver has no error code for a statement on a closed connection.
  if (/^Can't add new command when connection is in closed state|^Pool is closed/.test(message ?? ''))
    return 'wait';
  return CLASS_OF.get(errno ?? 0);
}

/** Whether the server undid the work, which can be restarted at once. */
export function isConflict(error: unknown): boolean {
  return classOf(error) === 'restart';
}

/** Whether the server or the connection is unavailable. The outcome of a COMMIT that failed like this is unknown. */
export function isOutage(error: unknown): boolean {
  return classOf(error) === 'wait';
}

/** Whether the fault lies with the database and not with the work, which can succeed later. */
export function isDatabaseFault(error: unknown): boolean {
  const fault = classOf(error);
  return fault !== undefined && fault !== 'answer';
}

/** Whether the server returned the error. */
export function isAnswer(error: unknown): boolean {
  const { fatal, sqlState } = error as DriverError;
  return !fatal && sqlState !== undefined;
}

/** Whether the server refused a statement for its syntax or for the schema. */
export function isRefusedStatement(error: unknown): boolean {
  return ((error as DriverError | null)?.errno ?? 0) > 0 && classOf(error) === undefined;
}

/** Whether a table is missing. */
export function isTableMissing(error: unknown): boolean {
  return (error as DriverError).errno === NO_SUCH_TABLE;
}

/** Whether the server is reachable but refuses writes. */
export function refusesWrites(error: unknown): boolean {
  return WRITES_REFUSED.has((error as DriverError).errno ?? 0);
}

/** Whether the unique key `key` refused a row. */
export function isDuplicate(error: unknown, key: string): boolean {
  const { errno, message } = error as DriverError;
  return errno === DUPLICATE && (message?.includes(key) ?? false);
}

/** Whether the error is a lock wait timeout, or NOWAIT found the row locked. */
export function isLockTimeout(error: unknown): boolean {
  return LOCK_TIMEOUTS.has((error as DriverError).errno ?? 0);
}

/** Whether the server has no room for another prepared statement. */
export function isPreparedFull(error: unknown): boolean {
  return (error as DriverError).errno === PREPARED_FULL;
}

import type { Pool } from 'mysql2';

/** How much of a pool is used. */
export interface PoolUse {
  inUse: number;
  idle: number;
  /** Callers that wait for a connection. */
  waiting: number;
  limit: number;
}

/** The driver counts all of it and shows none: these are the names of its own fields. */
interface Counted {
  config: { connectionLimit: number };
  _allConnections: { length: number };
  _freeConnections: { length: number };
  _connectionQueue: { length: number };
}

/** Reads it. */
export function poolUse(pool: Pool): PoolUse {
  const { config, _allConnections, _freeConnections, _connectionQueue } = pool as unknown as Counted;
  const idle = _freeConnections.length;
  return {
    inUse: _allConnections.length - idle,
    idle,
    waiting: _connectionQueue.length,
    limit: config.connectionLimit,
  };
}

import type { DataSource } from 'typeorm';
import type { MysqlDriver } from 'typeorm/driver/mysql/MysqlDriver.js';
import { MysqlQueryRunner } from 'typeorm/driver/mysql/MysqlQueryRunner.js';
import type { Value } from './rows';

/** Function that sends one statement of a session. */
export type Send = (sql: string, values: readonly Value[]) => Promise<unknown>;

/** Sends TypeORM's statements through a session. Opens neither connections nor transactions. */
export class SessionRunner extends MysqlQueryRunner {
  constructor(
    source: DataSource,
    private readonly send: Send,
    override readonly isTransactionActive: boolean,
  ) {
    super(source.driver as MysqlDriver, 'master');
  }

  override connect(): Promise<never> {
    throw new Error('TypeORM must not open a connection of its own.');
  }

  override startTransaction(): Promise<never> {
    throw new Error('Begin a unit of work with db.transaction.');
  }

  override async query(
    sql: string,
    parameters: unknown[] = [],
    structured = false,
  ): ReturnType<MysqlQueryRunner['query']> {
    const raw = await this.send(sql, parameters as Value[]);
    if (!structured) return raw;
    const { affectedRows: affected } = raw as { affectedRows?: number };
    return { raw, records: Array.isArray(raw) ? raw : [], affected };
  }
}

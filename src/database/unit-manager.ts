import {
  type DataSource,
  DeleteResult,
  EntityManager,
  type EntityTarget,
  type FindManyOptions,
  type FindOneOptions,
  type FindOptionsWhere,
  InsertResult,
  type ObjectLiteral,
  type QueryDeepPartialEntity,
  UpdateResult,
} from 'typeorm';
import { plainCondition, plainSelect } from './plain-sql';
import type { EntityClass, Patch, Row, RowMapper, Value } from './rows';
import { type Send, SessionRunner } from './session-runner';

/** Statements of a session that the manager uses. */
export interface Statements {
  many<T extends object>(entity: EntityClass<T>, rest: string, values: readonly Value[]): Promise<T[]>;
  one<T extends object>(
    entity: EntityClass<T>,
    rest: string,
    values: readonly Value[],
  ): Promise<T | undefined>;
  count(entity: EntityClass<object>, rest: string, values: readonly Value[]): Promise<number>;
  insert<T extends object>(entity: EntityClass<T>, rows: readonly Row<T>[]): Promise<number>;
  execute(sql: string, values: readonly Value[]): Promise<number>;
}

type Where<T> = FindOptionsWhere<T> | FindOptionsWhere<T>[];

/**
 * EntityManager of TypeORM over a session. Plain statements (columns compared, ordered, locked, written) take a short
 * path: the statement that TypeORM would send, prepared, at a third of the cost. All others are left to TypeORM. A
 * test compares the two for every column of every table.
 */
export class UnitManager extends EntityManager {
  constructor(
    private readonly session: Statements,
    private readonly mapper: RowMapper,
    send: Send,
    private readonly inTransaction: boolean,
    source: DataSource = mapper.source,
  ) {
    super(source, new SessionRunner(source, send, inTransaction));
  }

  override async find<T extends ObjectLiteral>(target: EntityClass<T>, options: FindManyOptions<T> = {}) {
    const plain = plainSelect(this.dataSource.getMetadata(target), options, this.inTransaction);
    return plain ? this.session.many(target, plain.sql, plain.values) : super.find(target, options);
  }

  override findBy<T extends ObjectLiteral>(target: EntityClass<T>, where: Where<T>) {
    return this.find(target, { where });
  }

  /** Resolves to null if no row is found. Throws without a condition. */
  override async findOne<T extends ObjectLiteral>(target: EntityClass<T>, options: FindOneOptions<T>) {
    const metadata = this.dataSource.getMetadata(target);
    const plain = options.where && plainSelect(metadata, { ...options, take: 1 }, this.inTransaction);
    if (!plain) return super.findOne(target, options);
    return (await this.session.one(target, plain.sql, plain.values)) ?? null;
  }

  override findOneBy<T extends ObjectLiteral>(target: EntityClass<T>, where: Where<T>) {
    return this.findOne(target, { where });
  }

  override async countBy<T extends ObjectLiteral>(target: EntityClass<T>, where: Where<T>) {
    const plain = plainSelect(this.dataSource.getMetadata(target), { where }, this.inTransaction);
    return plain ? this.session.count(target, plain.sql, plain.values) : super.countBy(target, where);
  }

  /**
   * Reads nothing back: the gateway generates every id. A function returns SQL that the server computes. `raw.insertId` is
   * the number that the server gave to the first row.
   */
  override insert<T extends ObjectLiteral>(
    target: EntityClass<T>,
    rows: Row<T> | readonly Row<T>[],
  ): Promise<InsertResult>;
  override insert<T extends ObjectLiteral>(
    target: EntityTarget<T>,
    rows: QueryDeepPartialEntity<T> | QueryDeepPartialEntity<T>[],
  ): Promise<InsertResult>;
  override async insert<T extends object>(target: EntityClass<T>, rows: Row<T> | readonly Row<T>[]) {
    const result = new InsertResult();
    const insertId = await this.session.insert(target, Array.isArray(rows) ? rows : [rows as Row<T>]);
    result.raw = { insertId };
    return result;
  }

  /** Resolves to the number of rows that matched, as `affected`. */
  override async update<T extends ObjectLiteral>(
    target: EntityClass<T>,
    criteria: FindOptionsWhere<T>,
    patch: Patch<T>,
  ) {
    const metadata = this.dataSource.getMetadata(target);
    const where = plainCondition(metadata, criteria, '');
    const [set, values] = this.mapper.assignments(target, patch as Row<T>);
    if (!where || !set) return super.update(target, criteria, patch as object);
    const result = new UpdateResult();
    const sql = `UPDATE \`${metadata.tableName}\` SET ${set} WHERE ${where.sql}`;
    result.affected = await this.session.execute(sql, [...values, ...where.values]);
    return result;
  }

  /** Resolves to the number of deleted rows, as `affected`. */
  override async delete<T extends ObjectLiteral>(target: EntityClass<T>, criteria: FindOptionsWhere<T>) {
    const metadata = this.dataSource.getMetadata(target);
    const where = plainCondition(metadata, criteria, '');
    if (!where) return super.delete(target, criteria);
    const result = new DeleteResult();
    const sql = `DELETE FROM \`${metadata.tableName}\` WHERE ${where.sql}`;
    result.affected = await this.session.execute(sql, where.values);
    return result;
  }

  /** Always throws: TypeORM's `save` reads before it writes, and opens its own transactions. */
  override save(): never {
    throw new Error('Use insert or update.');
  }
}

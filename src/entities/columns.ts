import { Column, ForeignKey, PrimaryColumn, type ValueTransformer } from 'typeorm';
import { eventTypesTransformer, eventTypeTransformer } from './event-type-transformers';

/** TypeIDs are ASCII and compared byte by byte: a prefix of at most four letters, `_`, 26 characters. */
const ID = { type: 'varchar', length: 32, charset: 'ascii', collation: 'ascii_bin' } as const;

/** Entity that a foreign key refers to. A function, because entities refer to each other. */
type Target = () => new () => object;

const withForeignKey =
  (column: PropertyDecorator, target: Target): PropertyDecorator =>
  (entity, property) => {
    column(entity, property);
    ForeignKey(target)(entity, property);
  };

/** TypeID of the row, or one part of a composite key. With `target`, a foreign key too. */
export const IdColumn = (target?: Target): PropertyDecorator =>
  target ? withForeignKey(PrimaryColumn(ID), target) : PrimaryColumn(ID);

/** TypeID of another row. */
export const RefColumn = (options: { nullable?: boolean } = {}) => Column({ ...ID, ...options });

/** TypeID of another row, which the database requires to exist. */
export const ForeignColumn = (target: Target, options: { nullable?: boolean } = {}) =>
  withForeignKey(RefColumn(options), target);

const CODE = { type: 'varchar', length: 40, charset: 'ascii', collation: 'ascii_bin' } as const;

/** Value of an enum, in ASCII, compared byte by byte. */
export const EnumColumn = (options: { nullable?: boolean; default?: string } = {}) =>
  Column({ ...CODE, ...options });

/** Machine-readable code, such as a slug, a SKU or a currency: ASCII, compared byte by byte. */
export const CodeColumn = (
  options: { nullable?: boolean; length?: number; unique?: boolean; transformer?: ValueTransformer } = {},
) => Column({ ...CODE, ...options });

/** Type of an event. */
export const EventTypeColumn = () => CodeColumn({ transformer: eventTypeTransformer });

/** List of event types. */
export const EventTypesColumn = () => JsonColumn({ transformer: eventTypesTransformer });

/** Machine-readable code as the primary key, or as one part of a composite key. */
export const CodeIdColumn = (length: number) => PrimaryColumn({ ...CODE, length });

/** Date and time in UTC, with milliseconds. */
export const DateTimeColumn = (options: { nullable?: boolean } = {}) =>
  Column({ type: 'datetime', precision: 3, ...options });

/** 64-bit integer: minor units of money, or bytes. */
export const BigIntColumn = (options: { nullable?: boolean } = {}) => Column({ type: 'bigint', ...options });

/** 32-bit integer. */
export const IntColumn = (options: { nullable?: boolean; default?: number } = {}) =>
  Column({ type: 'int', ...options });

/** Unicode text. */
export const TextColumn = (options: { nullable?: boolean; length?: number; unique?: boolean } = {}) =>
  Column({ type: 'varchar', length: 255, ...options });

/** Reference of another system, compared byte by byte. */
export const ReferenceColumn = () =>
  Column({ type: 'varchar', length: 100, charset: 'utf8mb4', collation: 'utf8mb4_bin', nullable: true });

/** E-mail address in its canonical form, compared byte by byte. Unique unless said otherwise. */
export const EmailColumn = (unique = true) =>
  Column({ type: 'varchar', length: 255, charset: 'utf8mb4', collation: 'utf8mb4_bin', unique });

/** JSON document that is read and written as a whole. */
export const JsonColumn = (options: { nullable?: boolean; transformer?: ValueTransformer } = {}) =>
  Column({ type: 'json', ...options });

/** Column that the database computes from other columns. Never written, never read. */
export const GeneratedColumn = (asExpression: string) =>
  Column({
    type: 'varchar',
    length: 72,
    charset: 'ascii',
    collation: 'ascii_bin',
    asExpression,
    generatedType: 'STORED',
    nullable: true,
    insert: false,
    update: false,
    select: false,
  });

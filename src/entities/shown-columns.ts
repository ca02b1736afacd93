import { Field, Int } from 'type-graphql';
import {
  BigIntColumn,
  CodeColumn,
  DateTimeColumn,
  EnumColumn,
  IntColumn,
  JsonColumn,
  TextColumn,
} from './columns';
import { BigIntScalar, DateTimeScalar } from './scalars';

type ColumnDecorator<O> = (options?: O) => PropertyDecorator;

/** Makes the decorator of a property that is both a column and a field of the schema. */
const shown =
  <O extends { nullable?: boolean }>(type: () => unknown, column: ColumnDecorator<O>) =>
  (description: string, options?: O): PropertyDecorator =>
  (target, key) => {
    Field(type as never, { description, nullable: options?.nullable ?? false })(target, key);
    column(options)(target, key);
  };

export const DateTimeField = shown(() => DateTimeScalar, DateTimeColumn);
export const IntField = shown(() => Int, IntColumn);
export const BigIntField = shown(() => BigIntScalar, BigIntColumn);
export const TextField = shown(() => String, TextColumn);
export const CodeField = shown(() => String, CodeColumn);

export const EnumField = (type: () => object, description: string, options?: { nullable?: boolean }) =>
  shown(type, EnumColumn)(description, options);

export const JsonField = (type: () => unknown, description: string) => shown(type, JsonColumn)(description);

/** Version for optimistic locking. */
export const VersionField = (options?: { default?: number }) =>
  IntField('Increments with every change. Pass it as `expectedVersion` to reject concurrent edits.', options);

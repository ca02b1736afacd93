import { Arg, Field } from 'type-graphql';
import { nullable } from '../../entities';

/** What `expectedVersion` is. */
export const VERSION = 'The version that you read; the change is refused when it is no longer that one.';

/** What `idempotencyKey` is. */
export const KEY =
  'Yours, up to 255 characters, kept for at least a day: a repetition with the same key gets the first answer.';

/** What `idempotencyKey` is where it may be left out. */
export const OPTIONAL_KEY =
  'Key of up to 255 characters, kept for at least a day: a repeat with the same key gets the first answer. Without one every call is carried out.';

/** A field of an input that may be left out. */
export const Optional = (type: () => unknown, description: string) =>
  Field(type as never, nullable(description));

/** The argument of a mutation. */
export const Input = () => Arg('input', { description: 'What is asked for.' });

import type { GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../services/context';
import type { Variables } from '../plan';
import type { JsonBuffer } from './json-buffer';

/** Fragment of the JSON of an answer. */
export interface JsonFragment {
  bytes: Buffer;
  /** Number of objects in the fragment. */
  objects: number;
}

/** Writer of one field of an object. */
export interface FieldWriter {
  /** JSON before the value, with the brace or the comma before the name. Includes the value of `__typename`. */
  readonly prefix: Buffer;
  /** Undefined for `__typename`. */
  readonly value: FieldValue | undefined;
  /** True if the arguments and the selection of the field use no variables. */
  readonly isConstant: boolean;
}

/** Resolver and writer of the value of a field. */
export interface FieldValue {
  readonly resolve: GraphQLFieldResolver<unknown, Context>;
  /** Like the context, it has the properties that public fields need only. */
  readonly info: GraphQLResolveInfo;
  /** Index in `Plan.slots`. Undefined for a field without arguments. */
  readonly slot: number | undefined;
  readonly write: ValueWriter;
}

/** Writer of a selection on an object type. */
export interface SelectionWriter {
  readonly fields: readonly FieldWriter[];
  /** True if the selection uses no variables. */
  readonly isConstant: boolean;
  /** Cached fragments by object of the catalog. Undefined if they differ between answers. */
  readonly cache: Map<unknown, JsonFragment> | undefined;
}

/** Inputs and output of one answer. */
export interface WriteContext {
  /** Arguments of each argument slot of the plan. */
  args: readonly Variables[];
  context: Context;
  out: JsonBuffer;
  /** Called with the size of every cached fragment. */
  onCached(bytes: number): void;
}

/** Writes a value as JSON. Returns the number of objects in it. */
export type ValueWriter = (value: unknown, run: WriteContext) => number;

import type { DocumentNode, FieldNode, GraphQLField, OperationTypeNode } from 'graphql';
import type { Composite } from './types';

/** Coerced values by name. */
export type Variables = Readonly<Record<string, unknown>>;

/** Arguments of one field. Each argument that the schema defines has a variable of its own in the planned document. */
export interface Slot {
  readonly field: GraphQLField<unknown, unknown>;
  /** The field as the client wrote it, with the client's variables and without its selection. */
  readonly node: FieldNode;
  /** Name of the planned variable of each argument. */
  readonly variables: Readonly<Record<string, string>>;
  /** Values that no variable of the client can change; undefined if one can. */
  readonly constant: Variables | undefined;
}

/** A field that is executed. */
export interface Selected {
  readonly on: Composite;
  readonly field: GraphQLField<unknown, unknown>;
  /** Index in `Plan.slots`; undefined for a field without arguments. */
  readonly slot: number | undefined;
  readonly below: Selection | undefined;
}

/** Fields that are executed on one object. */
export interface Selection {
  readonly fields: readonly Selected[];
  /** Indexes in `fields` that apply to each concrete type; one entry for each distinct set. */
  readonly alternatives: readonly (readonly number[])[];
}

/**
 * One operation for one set of values of its directives: fragments written out, `@skip` and `@include` resolved, every
 * argument replaced by a variable of a coerced type. Engines have nothing left to decide or to coerce.
 */
export interface Plan {
  /** Unique in this process. */
  readonly id: number;
  /** Its one definition is the operation. Its nodes belong to the plan alone. */
  readonly document: DocumentNode;
  readonly kind: OperationTypeNode;
  readonly name: string | undefined;
  readonly selection: Selection;
  readonly slots: readonly Slot[];
  /** `Type.field` of every field that it selects, `__typename` excepted. */
  readonly fields: ReadonlySet<string>;
  /** Number of nodes in `document`. */
  readonly nodes: number;
}

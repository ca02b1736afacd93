import type { DocumentNode, FieldNode, GraphQLField, OperationTypeNode } from 'graphql';
import type { Composite } from './types';

/** Coerced values by name. */
export type Variables = Readonly<Record<string, unknown>>;

/** Arguments of one field. Each argument of the schema has its own variable in the planned document. */
export interface ArgumentSlot {
  readonly field: GraphQLField<unknown, unknown>;
  /** Field of the client's document, without its selection set. */
  readonly node: FieldNode;
  /** Name of the planned variable of each argument. */
  readonly variables: Readonly<Record<string, string>>;
  /** Values of the arguments if they use no variables. Undefined otherwise. */
  readonly constant: Variables | undefined;
  /** Arguments if each of them is a variable. Undefined otherwise. */
  readonly direct: readonly DirectArgument[] | undefined;
}

/** Argument whose value is a variable of the client's document. */
export interface DirectArgument {
  readonly name: string;
  readonly variable: string;
  readonly isNonNull: boolean;
}

/** Field of a plan. */
export interface SelectedField {
  readonly on: Composite;
  readonly field: GraphQLField<unknown, unknown>;
  /** Index in `Plan.slots`. Undefined for a field without arguments. */
  readonly slot: number | undefined;
  readonly subselection: Selection | undefined;
}

/** Fields of a plan on one object. */
export interface Selection {
  readonly fields: readonly SelectedField[];
  /** Indexes in `fields` for each concrete type. One entry for each distinct set. */
  readonly alternatives: readonly (readonly number[])[];
}

/** Operation for one set of values of its directives, fragments expanded. Engines neither decide nor coerce. */
export interface Plan {
  /** Unique in this process. */
  readonly id: number;
  /** Document with the operation as its only definition. Its nodes are not shared. */
  readonly document: DocumentNode;
  readonly kind: OperationTypeNode;
  readonly name: string | undefined;
  readonly selection: Selection;
  readonly slots: readonly ArgumentSlot[];
  /** `Type.field` of every selected field, except `__typename`. */
  readonly fields: ReadonlySet<string>;
  /** Number of nodes in `document`. */
  readonly nodes: number;
}

import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields';
import type { Plan } from '../plan';
import type { PublicGraph } from './public-queries';

/** Fragment of the JSON of an answer. */
export interface JsonFragment {
  text: string;
  /** Number of objects in the fragment. */
  objects: number;
}

/** Writer of one field of an object. */
export interface FieldWriter {
  /** JSON before the value. Includes the value of `__typename`. */
  readonly prefix: string;
  readonly field: GraphQLField<unknown, unknown> | undefined;
  /** Index in `Plan.slots`. Undefined for a field without arguments. */
  readonly slot: number | undefined;
  /** Selection on the object, or on each item of the list. Undefined for values. */
  readonly subselection: SelectionWriter | undefined;
}

/** Writer of a selection on an object type. */
export interface SelectionWriter {
  readonly fields: readonly FieldWriter[];
  /** Whether the selection uses no variables. */
  readonly isConstant: boolean;
  /** Cached fragments by object of the catalog. Undefined if they differ between answers. */
  readonly cache: Map<unknown, JsonFragment> | undefined;
}

type Collected = ReadonlyMap<string, readonly FieldNode[]>;

/** Plans the answer to a public query, for one version of the catalog and one price list. */
export function planAnswer(
  schema: GraphQLSchema,
  { document, slots }: Plan,
  { types }: PublicGraph,
): SelectionWriter {
  const slotByVariable = new Map(
    slots.flatMap(({ variables }, slot) => Object.values(variables).map(name => [name, slot] as const)),
  );
  const slotOf = ({ arguments: [first] = [] }: FieldNode) =>
    first?.value.kind === Kind.VARIABLE ? slotByVariable.get(first.value.name.value) : undefined;
  const hasConstantArguments = ({ slot }: FieldWriter) =>
    slot === undefined || slots[slot]?.constant !== undefined;

  const planObject = (type: GraphQLObjectType, collected: Collected): SelectionWriter => {
    const fields = [...collected].map(([name, nodes], index) => planField(type, name, nodes, index));
    const isConstant = fields.every(
      planned => hasConstantArguments(planned) && planned.subselection?.isConstant !== false,
    );
    return { fields, isConstant, cache: isConstant && types.has(type.name) ? new Map() : undefined };
  };

  const planField = (
    type: GraphQLObjectType,
    name: string,
    nodes: readonly FieldNode[],
    index: number,
  ): FieldWriter => {
    const [node] = nodes as [FieldNode];
    const prefix = `${index > 0 ? ',' : ''}"${name}":`;
    const field = type.getFields()[node.name.value];
    if (!field) return { prefix: `${prefix}"${type.name}"`, field, slot: undefined, subselection: undefined };
    const named = getNamedType(field.type);
    const subselection = isObjectType(named)
      ? planObject(named, collectSubfields(schema, {}, {}, named, nodes))
      : undefined;
    return { prefix, field, slot: slotOf(node), subselection };
  };

  const root = schema.getQueryType() as GraphQLObjectType;
  const [{ selectionSet }] = document.definitions as [OperationDefinitionNode];
  return planObject(root, collectFields(schema, {}, {}, root, selectionSet));
}

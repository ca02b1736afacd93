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

/** Piece of an answer. */
export interface Written {
  text: string;
  /** Number of objects in it. */
  objects: number;
}

/** One name of an object in the answer. */
export interface FieldPlan {
  /** Text before the value; for `__typename`, the value too. */
  readonly before: string;
  readonly field: GraphQLField<unknown, unknown> | undefined;
  /** Index in `Plan.slots`; undefined for a field without arguments. */
  readonly slot: number | undefined;
  /** Selection on the object, or on each item of the list; undefined for values. */
  readonly below: ObjectPlan | undefined;
}

/** Selection on a type at one place of a document. */
export interface ObjectPlan {
  readonly fields: readonly FieldPlan[];
  /** Whether it is the same for all variables. */
  readonly fixed: boolean;
  /** Texts of objects of the catalog that were written before; undefined where they differ from answer to answer. */
  readonly kept: Map<unknown, Written> | undefined;
}

type Collected = ReadonlyMap<string, readonly FieldNode[]>;

/** Plans how the answer to a public query is written, for one version of the catalog and one price list. */
export function planAnswer(
  schema: GraphQLSchema,
  { document, slots }: Plan,
  { types }: PublicGraph,
): ObjectPlan {
  const slotByVariable = new Map(
    slots.flatMap(({ variables }, slot) => Object.values(variables).map(name => [name, slot] as const)),
  );
  const slotOf = ({ arguments: [first] = [] }: FieldNode) =>
    first?.value.kind === Kind.VARIABLE ? slotByVariable.get(first.value.name.value) : undefined;
  const isConstant = ({ slot }: FieldPlan) => slot === undefined || slots[slot]?.constant !== undefined;

  const planObject = (type: GraphQLObjectType, collected: Collected): ObjectPlan => {
    const fields = [...collected].map(([name, nodes], index) => planField(type, name, nodes, index));
    const fixed = fields.every(planned => isConstant(planned) && planned.below?.fixed !== false);
    return { fields, fixed, kept: fixed && types.has(type.name) ? new Map() : undefined };
  };

  const planField = (
    type: GraphQLObjectType,
    name: string,
    nodes: readonly FieldNode[],
    index: number,
  ): FieldPlan => {
    const [node] = nodes as [FieldNode];
    const before = `${index > 0 ? ',' : ''}"${name}":`;
    const field = type.getFields()[node.name.value];
    if (!field) return { before: `${before}"${type.name}"`, field, slot: undefined, below: undefined };
    const named = getNamedType(field.type);
    const below = isObjectType(named)
      ? planObject(named, collectSubfields(schema, {}, {}, named, nodes))
      : undefined;
    return { before, field, slot: slotOf(node), below };
  };

  const root = schema.getQueryType() as GraphQLObjectType;
  const [{ selectionSet }] = document.definitions as [OperationDefinitionNode];
  return planObject(root, collectFields(schema, {}, {}, root, selectionSet));
}

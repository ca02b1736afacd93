import {
  defaultFieldResolver,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields';
import type { Plan } from '../plan';
import type { PublicGraph } from './public-queries';
import type { FieldWriter, SelectionWriter } from './selection-writer';
import { valueWriter } from './write-selection';

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
  const isConstantSlot = (slot: number | undefined) =>
    slot === undefined || slots[slot]?.constant !== undefined;

  const planObject = (type: GraphQLObjectType, collected: Collected): SelectionWriter => {
    const fields = [...collected].map(([name, nodes], index) => planField(type, name, nodes, index));
    const isConstant = fields.every(planned => planned.isConstant);
    return { fields, isConstant, cache: isConstant && types.has(type.name) ? new Map() : undefined };
  };

  const planField = (
    type: GraphQLObjectType,
    name: string,
    nodes: readonly FieldNode[],
    index: number,
  ): FieldWriter => {
    const [node] = nodes as [FieldNode];
    const prefix = `${index > 0 ? ',' : '{'}"${name}":`;
    const field = type.getFields()[node.name.value];
    if (!field) return { prefix: Buffer.from(`${prefix}"${type.name}"`), value: undefined, isConstant: true };
    const named = getNamedType(field.type);
    const subselection = isObjectType(named)
      ? planObject(named, collectSubfields(schema, {}, {}, named, nodes))
      : undefined;
    const slot = slotOf(node);
    const value = {
      resolve: field.resolve ?? defaultFieldResolver,
      info: { fieldName: field.name } as GraphQLResolveInfo,
      slot,
      write: valueWriter(field.type, subselection),
    };
    const isConstant = isConstantSlot(slot) && subselection?.isConstant !== false;
    return { prefix: Buffer.from(prefix), value, isConstant };
  };

  const root = schema.getQueryType() as GraphQLObjectType;
  const [{ selectionSet }] = document.definitions as [OperationDefinitionNode];
  return planObject(root, collectFields(schema, {}, {}, root, selectionSet));
}

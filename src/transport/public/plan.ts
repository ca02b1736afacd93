import {
  BREAK,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields';
import { catalogTypes } from '../../resolvers/public-catalog';

/** A piece of an answer. */
export interface Written {
  text: string;
  /** How many objects it has, which is what it costs. */
  objects: number;
}

/** One name of an object and its value. */
export interface FieldPlan {
  /** What stands before the value; all there is to write for `__typename`. */
  readonly before: string;
  readonly field: GraphQLField<unknown, unknown> | undefined;
  readonly node: FieldNode;
  /** What is selected of an object, or of each in a list; undefined for values. */
  readonly below: ObjectPlan | undefined;
}

/** What a document selects of a type at one place. */
export interface ObjectPlan {
  readonly fields: readonly FieldPlan[];
  /** Whether variables make no difference to it. */
  readonly fixed: boolean;
  /** What has been written of objects of the catalog, which is the same in every answer; undefined for all others. */
  readonly kept: Map<unknown, Written> | undefined;
}

/** The variables of an operation, coerced. */
export type Variables = Record<string, unknown>;

type Collected = ReadonlyMap<string, readonly FieldNode[]>;

/**
 * How the answer to a validated query is written, for one catalog and price list. Fragments and directives are resolved
 * here, once: a plan is good for variables that have the same Booleans.
 */
export function planOf(
  schema: GraphQLSchema,
  { definitions }: DocumentNode,
  { selectionSet }: OperationDefinitionNode,
  variables: Variables,
): ObjectPlan {
  const fragments = Object.fromEntries(
    definitions.flatMap(node => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );

  const planObject = (type: GraphQLObjectType, collected: Collected): ObjectPlan => {
    const fields = [...collected].map(([name, nodes], index) => planField(type, name, nodes, index));
    const fixed = fields.every(({ node, below }) => !takesVariables(node) && below?.fixed !== false);
    return { fields, fixed, kept: fixed && catalogTypes.has(type.name) ? new Map() : undefined };
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
    if (!field) return { before: `${before}"${type.name}"`, field, node, below: undefined };
    const named = getNamedType(field.type);
    const below = isObjectType(named)
      ? planObject(named, collectSubfields(schema, fragments, variables, named, nodes))
      : undefined;
    return { before, field, node, below };
  };

  const root = schema.getQueryType() as GraphQLObjectType;
  return planObject(root, collectFields(schema, fragments, variables, root, selectionSet));
}

function takesVariables({ arguments: given = [] }: FieldNode): boolean {
  let takes = false;
  const Variable = () => {
    takes = true;
    return BREAK;
  };
  for (const argument of given) visit(argument, { Variable });
  return takes;
}

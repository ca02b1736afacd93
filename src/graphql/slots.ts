import {
  type ArgumentNode,
  BREAK,
  type FieldNode,
  type GraphQLField,
  getArgumentValues,
  Kind,
  type VariableNode,
  visit,
} from 'graphql';
import type { Slot } from './plan';

/** The arguments of a field as slot number `index` of its plan. */
export function slotOf(field: GraphQLField<unknown, unknown>, sent: FieldNode, index: number): Slot {
  // A plan outlives its document, and would keep all of it by the selections.
  const { selectionSet: _, ...node } = sent;
  const variables = Object.fromEntries(field.args.map(({ name }) => [name, `v${index}_${name}`]));
  return {
    field,
    node,
    variables,
    constant: usesVariables(node) ? undefined : getArgumentValues(field, node),
  };
}

/** The arguments of a planned field: a variable for each argument that the schema defines. */
export const argumentNodes = ({ variables }: Slot): ArgumentNode[] =>
  Object.entries(variables).map(([name, variable]) => ({
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: name },
    value: variableNode(variable),
  }));

/** Reference to a variable. */
export const variableNode = (name: string): VariableNode => ({
  kind: Kind.VARIABLE,
  name: { kind: Kind.NAME, value: name },
});

function usesVariables({ arguments: given = [] }: FieldNode): boolean {
  let uses = false;
  const Variable = () => {
    uses = true;
    return BREAK;
  };
  for (const argument of given) visit(argument, { Variable });
  return uses;
}

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
import { directArguments } from './argument-values';
import type { ArgumentSlot } from './plan';

/** Creates the argument slot of a field. `index` is its number in the plan. */
export function slotOf(field: GraphQLField<unknown, unknown>, sent: FieldNode, index: number): ArgumentSlot {
  // The selection set would hold the whole document in memory.
  const { selectionSet: _, ...node } = sent;
  const variables = Object.fromEntries(field.args.map(({ name }) => [name, `v${index}_${name}`]));
  return {
    field,
    node,
    variables,
    constant: usesVariables(node) ? undefined : getArgumentValues(field, node),
    direct: directArguments(field, node),
  };
}

/** Creates the arguments of a planned field: a variable for each argument of the schema. */
export const argumentNodes = ({ variables }: ArgumentSlot): ArgumentNode[] =>
  Object.entries(variables).map(([name, variable]) => ({
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: name },
    value: variableNode(variable),
  }));

/** Creates a reference to a variable. */
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

import { type FieldNode, type GraphQLField, getArgumentValues, isNonNullType, Kind } from 'graphql';
import type { ArgumentSlot, DirectArgument, Variables } from './plan';

/** Returns the arguments of a field that are variables as a whole. Undefined if a value has to be built, or has a default. */
export function directArguments(
  { args }: GraphQLField<unknown, unknown>,
  { arguments: given = [] }: FieldNode,
): readonly DirectArgument[] | undefined {
  const direct: DirectArgument[] = [];
  for (const { name, type, defaultValue } of args) {
    const value = given.find(argument => argument.name.value === name)?.value;
    const isNonNull = isNonNullType(type);
    if (defaultValue !== undefined || (!value && isNonNull)) return undefined;
    if (!value) continue;
    if (value.kind !== Kind.VARIABLE) return undefined;
    direct.push({ name, variable: value.name.value, isNonNull });
  }
  return direct;
}

/** Computes the arguments of a field. Throws a GraphQLError of graphql-js for an unusable value. */
export function argumentValues(
  { field, node, constant, direct }: ArgumentSlot,
  variables: Variables,
): Variables {
  if (constant) return constant;
  return (direct && take(direct, variables)) ?? getArgumentValues(field, node, variables);
}

/** Returns the values of the variables. Undefined if one of them is unusable. */
function take(direct: readonly DirectArgument[], variables: Variables): Variables | undefined {
  const values: Record<string, unknown> = {};
  for (const { name, variable, isNonNull } of direct) {
    if (!Object.hasOwn(variables, variable)) {
      if (isNonNull) return undefined;
      continue;
    }
    const value = variables[variable];
    if (value === undefined || (value === null && isNonNull)) return undefined;
    values[name] = value;
  }
  return values;
}

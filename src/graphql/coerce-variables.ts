import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLSchema,
  GraphQLString,
  getNullableType,
  getVariableValues,
  isInputType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  valueFromAST,
} from 'graphql';
import { checkInputLimits } from './bind';
import type { Variables } from './plan';

/** Maximum errors of the coercion of variables. Each error prints the whole value. */
const MAX_ERRORS = 5;

type Accepts = (value: unknown) => boolean;

const isText: Accepts = value => typeof value === 'string';

/** Values that the coercion of a built-in scalar returns unchanged. */
const UNCHANGED = new Map<unknown, Accepts>([
  [GraphQLString, isText],
  [GraphQLID, isText],
  [GraphQLBoolean, value => typeof value === 'boolean'],
  [GraphQLFloat, Number.isFinite],
  [GraphQLInt, value => typeof value === 'number' && (value | 0) === value],
]);

/** Declared variable of a built-in scalar type. */
interface ScalarVariable {
  readonly name: string;
  readonly isNonNull: boolean;
  readonly accepts: Accepts;
  /** Undefined without a default. */
  readonly byDefault: unknown;
}

const known = new WeakMap<OperationDefinitionNode, readonly ScalarVariable[] | null>();

/**
 * Coerces the variables that an operation declares, and drops all others. Scalars that fit are taken unchanged; graphql-js
 * coerces everything else, and creates the errors. Throws a GraphQLError for a value beyond the limits.
 */
export function coerceVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  sent: Variables,
): ReturnType<typeof getVariableValues> {
  const scalars = scalarVariables(schema, operation);
  const taken = scalars && take(scalars, sent);
  if (taken) return { coerced: taken };
  const definitions = operation.variableDefinitions ?? [];
  for (const { variable } of definitions) checkInputLimits(sent[variable.name.value], [variable.name.value]);
  return getVariableValues(schema, definitions, sent, { maxErrors: MAX_ERRORS });
}

/** Returns the values of the variables. Undefined if one of them has to be coerced, or does not fit. */
function take(scalars: readonly ScalarVariable[], sent: Variables): Record<string, unknown> | undefined {
  const taken: Record<string, unknown> = {};
  for (const { name, isNonNull, accepts, byDefault } of scalars) {
    if (!Object.hasOwn(sent, name)) {
      if (byDefault !== undefined) taken[name] = byDefault;
      else if (isNonNull) return undefined;
      continue;
    }
    const value = sent[name];
    if (value === null ? isNonNull : !accepts(value)) return undefined;
    taken[name] = value;
  }
  return taken;
}

/** Variables of an operation that declares only built-in scalars. Null for every other operation. */
function scalarVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
): readonly ScalarVariable[] | null {
  const cached = known.get(operation);
  if (cached !== undefined) return cached;
  const variables = (operation.variableDefinitions ?? []).map(({ variable, type, defaultValue }) => {
    const declared = typeFromAST(schema, type);
    const name = variable.name.value;
    const accepts = isInputType(declared) && UNCHANGED.get(getNullableType(declared));
    // An assignment to this name would set the prototype.
    if (!accepts || name === '__proto__') return undefined;
    const byDefault = defaultValue && valueFromAST(defaultValue, declared);
    return { name, isNonNull: isNonNullType(declared), accepts, byDefault };
  });
  const scalars = variables.every(variable => variable !== undefined) ? variables : null;
  known.set(operation, scalars);
  return scalars;
}

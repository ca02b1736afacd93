import {
  type GraphQLArgument,
  type GraphQLInputType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { isId } from '../entities';

/** An id that no row has. */
const NO_ID = '-';

/**
 * Replaces every malformed id in the arguments of a field with an id that no row has. Every id passes here once, so what
 * follows compares ids exactly: a malformed id is not found, as an unknown one is.
 */
export function parseIds(
  values: Record<string, unknown>,
  types: readonly Pick<GraphQLArgument, 'name' | 'type'>[],
): Record<string, unknown> {
  const changed = { ...values };
  for (const { name, type } of types) {
    if (changed[name] !== undefined && changed[name] !== null)
      changed[name] = parsedValue(changed[name], type);
  }
  return changed;
}

function parsedValue(value: unknown, type: GraphQLInputType): unknown {
  if (value === null) return value;
  if (isNonNullType(type)) return parsedValue(value, type.ofType);
  if (isListType(type)) return (value as unknown[]).map(item => parsedValue(item, type.ofType));
  if (isInputObjectType(type)) {
    return parseIds(value as Record<string, unknown>, Object.values(type.getFields()));
  }
  return type.name === 'ID' && !isId(String(value)) ? NO_ID : value;
}

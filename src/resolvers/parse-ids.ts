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

/** Replaces malformed ids with one that no row has. Every id passes here, so what follows compares exactly. */
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

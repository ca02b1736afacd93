import {
  type GraphQLArgument,
  type GraphQLInputType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { canBeId } from '../store';

/** No row has it. */
const NOBODYS = '-';

/**
 * The arguments of a field with every id that cannot be one replaced by one that nothing has: ids are ASCII in the
 * database, which would refuse to compare them with anything else rather than find nothing.
 */
export function plainIds(
  values: Record<string, unknown>,
  types: readonly Pick<GraphQLArgument, 'name' | 'type'>[],
): Record<string, unknown> {
  const changed = { ...values };
  for (const { name, type } of types) {
    if (changed[name] !== undefined && changed[name] !== null)
      changed[name] = plainValue(changed[name], type);
  }
  return changed;
}

function plainValue(value: unknown, type: GraphQLInputType): unknown {
  if (value === null) return value;
  if (isNonNullType(type)) return plainValue(value, type.ofType);
  if (isListType(type)) return (value as unknown[]).map(item => plainValue(item, type.ofType));
  if (isInputObjectType(type)) {
    return plainIds(value as Record<string, unknown>, Object.values(type.getFields()));
  }
  return type.name === 'ID' && !canBeId(String(value)) ? NOBODYS : value;
}

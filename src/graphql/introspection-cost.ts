import {
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
} from 'graphql';
import type { Selected, Selection } from './plan';

/** Points of one `__schema` or `__type`, whatever is selected of it. */
export const BASE = 10;
/** Introspection reads memory, so one of its objects is cheaper than one of the database. */
const OBJECTS_PER_POINT = 20;

/** Mean length of each list of introspection in one schema. */
export type IntrospectionLengths = Readonly<Record<string, number>>;

/** Whether a field of the query root is `__schema` or `__type`. */
export const isIntrospection = (field: GraphQLField<unknown, unknown>): boolean =>
  field === SchemaMetaFieldDef || field === TypeMetaFieldDef;

/** Measures the lists of introspection. */
export function introspectionLengths(schema: GraphQLSchema): IntrospectionLengths {
  const types = Object.values(schema.getTypeMap());
  const withFields = types.filter(type => isObjectType(type) || isInterfaceType(type));
  const fields = withFields.flatMap(type => Object.values(type.getFields()));
  const mean = (total: number, count: number) => total / Math.max(1, count);
  const sum = (lengths: readonly number[]) => lengths.reduce((a, b) => a + b, 0);
  const inputs = types.filter(isInputObjectType).map(type => Object.keys(type.getFields()).length);
  const values = types.filter(isEnumType).map(type => type.getValues().length);
  return {
    types: types.length,
    directives: schema.getDirectives().length,
    fields: mean(fields.length, types.length),
    inputFields: mean(sum(inputs), types.length),
    enumValues: mean(sum(values), types.length),
    interfaces: mean(sum(withFields.map(type => type.getInterfaces().length)), types.length),
    possibleTypes: 1,
    args: mean(sum(fields.map(({ args }) => args.length)), fields.length),
  };
}

/** Points of one introspection field by the objects that it returns. */
export function introspectionCost(selection: Selection | undefined, lengths: IntrospectionLengths): number {
  const objectsOf = (below: Selection | undefined): number =>
    below ? below.fields.reduce((sum, field) => sum + objectsIn(field), 1) : 0;
  const objectsIn = ({ field, below }: Selected): number => {
    if (!getNamedType(field.type).name.startsWith('__')) return 0;
    const times = isListType(getNullableType(field.type)) ? (lengths[field.name] ?? 1) : 1;
    return times * objectsOf(below);
  };
  return BASE + Math.ceil(objectsOf(selection) / OBJECTS_PER_POINT);
}

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
import type { SelectedField, Selection } from './plan';

/** Base cost of `__schema` or `__type`, in points. */
export const BASE_COST = 10;
/** Number of introspection objects that cost one point. They are read from memory. */
const OBJECTS_PER_POINT = 25;

/** Mean length of each introspection list of a schema. */
export type IntrospectionLengths = Readonly<Record<string, number>>;

/** Whether a field of the query root is `__schema` or `__type`. */
export const isIntrospection = (field: GraphQLField<unknown, unknown>): boolean =>
  field === SchemaMetaFieldDef || field === TypeMetaFieldDef;

/** Computes the mean lengths of the introspection lists. */
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

/** Computes the cost of one introspection field from the objects that it returns. */
export function introspectionCost(selection: Selection | undefined, lengths: IntrospectionLengths): number {
  const objectsOf = (below: Selection | undefined): number =>
    below ? below.fields.reduce((sum, field) => sum + objectsIn(field), 1) : 0;
  const objectsIn = ({ field, subselection }: SelectedField): number => {
    if (!getNamedType(field.type).name.startsWith('__')) return 0;
    const times = isListType(getNullableType(field.type)) ? (lengths[field.name] ?? 1) : 1;
    return times * objectsOf(subselection);
  };
  return BASE_COST + Math.ceil(objectsOf(selection) / OBJECTS_PER_POINT);
}

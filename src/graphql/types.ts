import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isUnionType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
} from 'graphql';

/** Type that a selection set applies to. */
export type Composite = GraphQLCompositeType;

/** Returns the definition of a validated field, introspection fields included. */
export function fieldOf(schema: GraphQLSchema, on: Composite, name: string): GraphQLField<unknown, unknown> {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  if (on === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  const field = isUnionType(on) ? undefined : on.getFields()[name];
  if (!field) throw new Error(`A validated document selects ${on.name}.${name}, which does not exist.`);
  return field;
}

/** Type of the objects that a field returns. Undefined for scalars and enums. */
export function typeBelow(type: GraphQLOutputType): Composite | undefined {
  const named = getNamedType(type);
  return isCompositeType(named) ? named : undefined;
}

const concrete = (schema: GraphQLSchema, type: Composite): string[] =>
  isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [type.name];

/** Names of the concrete types in `types` that a fragment on `on` applies to. Undefined stands for all types. */
export function narrow(
  schema: GraphQLSchema,
  types: ReadonlySet<string> | undefined,
  on: Composite,
): ReadonlySet<string> {
  return new Set(concrete(schema, on).filter(name => types?.has(name) ?? true));
}

/** Indexes of the fields for each concrete type of `on`. One entry for each distinct set. */
export function alternatives(
  schema: GraphQLSchema,
  on: Composite,
  types: readonly (ReadonlySet<string> | undefined)[],
): number[][] {
  const found = new Map<string, number[]>();
  for (const name of concrete(schema, on)) {
    const indexes = types.flatMap((of, index) => ((of?.has(name) ?? true) ? index : []));
    found.set(indexes.join(), indexes);
  }
  return [...found.values()];
}

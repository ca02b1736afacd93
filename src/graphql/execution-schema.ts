import { GraphQLScalarType, type GraphQLSchema, Kind, type NamedTypeNode } from 'graphql';

const coerced = new GraphQLScalarType({
  name: 'CoercedValue',
  description:
    'Value that is coerced already. Type of the variables of a planned operation; not part of the graph.',
});

/** Type of a variable whose value is passed to resolvers as it is. */
export const COERCED: NamedTypeNode = {
  kind: Kind.NAMED_TYPE,
  name: { kind: Kind.NAME, value: coerced.name },
};

/**
 * The schema in which planned operations are executed. It differs from `schema` in one type, which only variable
 * definitions can name: engines coerce variables themselves, and this type makes that a no-op. Introspection reads the
 * inherited type map and does not list it.
 */
export function executionSchema(schema: GraphQLSchema): GraphQLSchema {
  const getType = (name: string) => (name === coerced.name ? coerced : schema.getType(name));
  return Object.create(schema, { getType: { value: getType } });
}

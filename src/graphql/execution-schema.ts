import { GraphQLScalarType, type GraphQLSchema, Kind, type NamedTypeNode } from 'graphql';

const coerced = new GraphQLScalarType({
  name: 'CoercedValue',
  description: 'Coerced value of a variable of a planned operation. Not part of the graph.',
});

/** Type of a variable whose value is passed to resolvers unchanged. */
export const COERCED: NamedTypeNode = {
  kind: Kind.NAMED_TYPE,
  name: { kind: Kind.NAME, value: coerced.name },
};

/** Schema of planned operations: has a type for their variables, whose coercion does nothing. Introspection omits it. */
export function executionSchema(schema: GraphQLSchema): GraphQLSchema {
  const getType = (name: string) => (name === coerced.name ? coerced : schema.getType(name));
  return Object.create(schema, { getType: { value: getType } });
}

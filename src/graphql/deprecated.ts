import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

const cache = new WeakMap<DocumentNode, readonly string[]>();

/** Deprecated elements that the text of a validated document uses. Cached by document. */
export function deprecatedElements(schema: GraphQLSchema, document: DocumentNode): readonly string[] {
  const cached = cache.get(document);
  if (cached) return cached;
  const found = [...findDeprecated(schema, document)];
  cache.set(document, found);
  return found;
}

function findDeprecated(schema: GraphQLSchema, document: DocumentNode): Set<string> {
  const types = new TypeInfo(schema);
  const found = new Set<string>();
  const note = (
    element: { deprecationReason?: string | null | undefined } | null | undefined,
    name: string,
  ) => {
    if (element?.deprecationReason != null) found.add(name);
  };
  visit(
    document,
    visitWithTypeInfo(types, {
      Field({ name }) {
        note(types.getFieldDef(), `${types.getParentType()?.name}.${name.value}`);
      },
      Argument({ name }) {
        const field = types.getFieldDef();
        if (field) note(types.getArgument(), `${types.getParentType()?.name}.${field.name}(${name.value}:)`);
      },
      ObjectField({ name }) {
        const parent = getNamedType(types.getParentInputType());
        const field = parent && 'getFields' in parent ? parent.getFields()[name.value] : undefined;
        note(field, `${parent?.name}.${name.value}`);
      },
      EnumValue({ value }) {
        const type = getNamedType(types.getInputType());
        if (isEnumType(type)) note(type.getValue(value), `${type.name}.${value}`);
      },
    }),
  );
  return found;
}

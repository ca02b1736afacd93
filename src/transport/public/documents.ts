import {
  type DocumentNode,
  type GraphQLSchema,
  OperationTypeNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { PriceList } from '../../entities';
import { publicFields } from '../../resolvers/public-catalog';
import type { Context, Deps } from '../../services/context';

/** The catalog at one version. */
export type CatalogNow = Deps['catalog']['current'];

const known = new WeakMap<DocumentNode, boolean>();

/** Whether everything that a validated document selects is in the list of public fields: one that is not decides. */
export function isPublic(schema: GraphQLSchema, document: DocumentNode): boolean {
  const before = known.get(document);
  if (before !== undefined) return before;
  const found = examine(schema, document);
  known.set(document, found);
  return found;
}

function examine(schema: GraphQLSchema, document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let personal = false;
  visit(
    document,
    visitWithTypeInfo(types, {
      OperationDefinition({ operation }) {
        if (operation !== OperationTypeNode.QUERY) personal = true;
      },
      Field({ name: { value: field } }) {
        const on = `${types.getParentType()?.name}.${field}`;
        if (field !== '__typename' && !publicFields.has(on)) personal = true;
      },
    }),
  );
  return !personal;
}

/**
 * The context that a public document is executed with: one catalog from its beginning to its end, and of the caller
 * nothing but the price list. Were a field in the list by mistake, it would break here, and not be sent to others.
 */
export function publicContext(current: CatalogNow, { id: priceListId }: PriceList): Context {
  return { catalog: { current }, actor: { priceListId } } as unknown as Context;
}

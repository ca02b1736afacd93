import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, type FieldNode, getNamedType, isInputObjectType, Kind, parse } from 'graphql';
import { errorCodesOf } from '../../dev/references/mutation-errors';
import { ROOT } from './root';

const mutations = buildSchema(readFileSync(join(ROOT, 'schema/schema.graphql'), 'utf8'))
  .getMutationType()
  ?.getFields();

/** Error codes that a mutation of the schema declares. */
function declaredCodes(mutation: string): readonly string[] {
  const inputs = (mutations?.[mutation]?.args ?? []).map(({ type }) => getNamedType(type));
  const names = inputs.flatMap(type => (isInputObjectType(type) ? Object.keys(type.getFields()) : []));
  return errorCodesOf(mutation, names);
}

/** Mutations of a document that a client can send, without fragments at its root. */
function mutationsOf(query: string): FieldNode[] {
  try {
    return parse(query, { noLocation: true }).definitions.flatMap(definition =>
      definition.kind === Kind.OPERATION_DEFINITION && definition.operation === 'mutation'
        ? definition.selectionSet.selections.flatMap(field => (field.kind === Kind.FIELD ? field : []))
        : [],
    );
  } catch {
    return [];
  }
}

/** Throws for an answer with an error whose code the mutation does not declare: the reference would not have it. */
export function refuseUndeclaredErrors(query: string, data: Record<string, any> | null | undefined): void {
  if (!data || !query.includes('mutation')) return;
  for (const { name, alias } of mutationsOf(query)) {
    for (const { code } of data[(alias ?? name).value]?.errors ?? []) {
      if (code === undefined || declaredCodes(name.value).includes(code)) continue;
      throw new Error(
        `${name.value} gave ${code}, which dev/references/mutation-errors.ts does not declare.`,
      );
    }
  }
}

import type { DocumentNode, ExecutionArgs, GraphQLSchema } from 'graphql';
import type { KnownDocument } from './documents';

/** What a client asked for: all that an execution needs but the viewer and the message. */
export interface Operation {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName: string | null;
  variableValues: NonNullable<ExecutionArgs['variableValues']>;
  /** The same for operations that ask for the same, wherever they begin in the stream. */
  key: string;
}

/** Makes one of what a client sent. */
export function operationOf(
  schema: GraphQLSchema,
  known: KnownDocument,
  {
    operationName,
    variables,
  }: { operationName?: string | null | undefined; variables?: object | null | undefined },
): Operation {
  const variableValues = { ...variables } as Operation['variableValues'];
  const shared = Object.entries(variableValues).filter(([name]) => !known.placeOnly.has(name));
  return {
    schema,
    document: known.document,
    operationName: operationName ?? null,
    variableValues,
    key: JSON.stringify([known.id, operationName ?? null, shared]),
  };
}

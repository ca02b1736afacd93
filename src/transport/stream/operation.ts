import {
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
} from 'graphql';
import { knownDocument } from './documents';

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
  document: DocumentNode,
  {
    operationName,
    variables,
  }: { operationName?: string | null | undefined; variables?: object | null | undefined },
): Operation {
  const { id, placeOnly } = knownDocument(document);
  const variableValues = { ...variables } as Operation['variableValues'];
  const shared = Object.entries(variableValues).filter(([name]) => !placeOnly.has(name));
  return {
    schema,
    document,
    operationName: operationName ?? null,
    variableValues,
    key: JSON.stringify([id, operationName ?? null, shared]),
  };
}

/** What is executed of the document, which the gate has let through. */
export function definitionOf({ document, operationName }: Operation): OperationDefinitionNode | undefined {
  return getOperationAST(document, operationName) ?? undefined;
}

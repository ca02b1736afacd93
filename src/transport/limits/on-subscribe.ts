import { type ExecutionArgs, GraphQLError, type GraphQLSchema } from 'graphql';
import type { Caller, Gate } from './gate';
import { withoutSuggestions } from './suggestions';

/** An operation as a client sends it over a connection that stays. */
export interface SentOperation {
  query?: string | null | undefined;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
  extensions?: Record<string, unknown> | null | undefined;
}

/**
 * The gate for WebSocket and SSE, as `onSubscribe` of graphql-ws and graphql-sse wants it: what to execute, or the errors
 * that are sent instead. A stream is charged when it begins.
 */
export function admit(
  gate: Gate,
  schema: GraphQLSchema,
  sent: SentOperation,
  caller: Caller,
): readonly GraphQLError[] | ExecutionArgs {
  const id = sent.extensions?.documentId;
  const text = sent.query || (typeof id === 'string' ? gate.trusted(id) : undefined) || '';
  const checked = gate.check(text, caller);
  if (!checked.document) {
    return gate.hidesSchema(caller.actor) ? checked.errors.map(plain) : checked.errors;
  }
  const { variables: variableValues, operationName } = sent;
  try {
    gate.charge(checked.document, variableValues, operationName, caller);
  } catch (error) {
    return [error as GraphQLError];
  }
  return {
    schema,
    document: checked.document,
    ...(operationName && { operationName }),
    ...(variableValues && { variableValues }),
  };
}

function plain({ message, extensions }: GraphQLError): GraphQLError {
  return new GraphQLError(withoutSuggestions({ message }).message, { extensions });
}

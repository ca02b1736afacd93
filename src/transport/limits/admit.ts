import { type DocumentNode, GraphQLError } from 'graphql';
import { requestError } from '../../errors';
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
 * The gate for WebSocket and SSE: the document to execute, or the errors that are sent instead. A stream is charged when
 * it begins.
 */
export function admit(
  gate: Gate,
  sent: SentOperation,
  caller: Caller,
): readonly GraphQLError[] | DocumentNode {
  const id = sent.extensions?.documentId;
  const text = sent.query || (typeof id === 'string' ? gate.trusted(id) : '');
  if (text === undefined) return [requestError('DOCUMENT_NOT_FOUND')];
  const checked = gate.check(text, caller);
  if (!checked.document) {
    return gate.hidesSchema(caller.actor) ? checked.errors.map(plain) : checked.errors;
  }
  try {
    gate.charge(checked.document, sent.variables, sent.operationName, caller);
  } catch (error) {
    return [error as GraphQLError];
  }
  return checked.document;
}

function plain({ message, extensions }: GraphQLError): GraphQLError {
  return new GraphQLError(withoutSuggestions({ message }).message, { extensions });
}

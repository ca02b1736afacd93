import type { Gate } from './limits/gate';

/** A request as the transport read it: its body (of a POST) and its query string (of a GET). */
export interface Sent {
  body: unknown;
  search: string;
}

/**
 * Puts the text of a trusted document in the place of its `documentId`, as appendix A of GraphQL over HTTP has it.
 * Undefined where there is no such document.
 */
export function resolveDocumentId({ body, search }: Sent, gate: Gate): Sent | undefined {
  if (isObject(body) && typeof body.documentId === 'string' && !body.query) {
    const { documentId, ...rest } = body;
    const query = gate.trusted(documentId);
    return query === undefined ? undefined : { body: { ...rest, query }, search };
  }
  if (!search.includes('documentId=')) return { body, search };
  const parameters = new URLSearchParams(search);
  const query = gate.trusted(parameters.get('documentId') ?? '');
  if (query === undefined) return undefined;
  parameters.delete('documentId');
  parameters.set('query', query);
  return { body, search: `?${parameters}` };
}

function isObject(body: unknown): body is Record<string, unknown> & { documentId?: string } {
  return typeof body === 'object' && body !== null;
}

import type { Pipeline } from '../graphql';

/** A request as the transport read it: the body of a POST and the query string of a GET. */
export interface Sent {
  body: unknown;
  search: string;
}

/**
 * Replaces a `documentId` by the text of the trusted document, as appendix A of GraphQL over HTTP describes it. Undefined
 * if there is no such document.
 */
export function resolveDocumentId(
  { body, search }: Sent,
  pipeline: Pick<Pipeline, 'trusted'>,
): Sent | undefined {
  if (isObject(body) && typeof body.documentId === 'string' && !body.query) {
    const { documentId, ...rest } = body;
    const query = pipeline.trusted(documentId);
    return query === undefined ? undefined : { body: { ...rest, query }, search };
  }
  if (!search.includes('documentId=')) return { body, search };
  const parameters = new URLSearchParams(search);
  const query = pipeline.trusted(parameters.get('documentId') ?? '');
  if (query === undefined) return undefined;
  parameters.delete('documentId');
  parameters.set('query', query);
  return { body, search: `?${parameters}` };
}

function isObject(body: unknown): body is Record<string, unknown> & { documentId?: string } {
  return typeof body === 'object' && body !== null;
}

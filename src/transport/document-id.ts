import type { Pipeline } from '../graphql';
import { HttpRefusal } from './refuse';

/** Request before its parameters are parsed: the body of a POST and the query string of a GET. */
export interface RawRequest {
  body: unknown;
  search: string;
}

/** Replaces a `documentId` by its text (GraphQL over HTTP, appendix A). Refuses an unknown one. */
export function resolveDocumentId(
  { body, search }: RawRequest,
  pipeline: Pick<Pipeline, 'trustedText'>,
): RawRequest {
  if (isObject(body) && typeof body.documentId === 'string' && !body.query) {
    const { documentId, ...rest } = body;
    return { body: { ...rest, query: textOf(documentId, pipeline) }, search };
  }
  if (!search.includes('documentId=')) return { body, search };
  const parameters = new URLSearchParams(search);
  const query = textOf(parameters.get('documentId') ?? '', pipeline);
  parameters.delete('documentId');
  parameters.set('query', query);
  return { body, search: `?${parameters}` };
}

function textOf(documentId: string, pipeline: Pick<Pipeline, 'trustedText'>): string {
  const text = pipeline.trustedText(documentId);
  if (text === undefined) throw new HttpRefusal(400, 'DOCUMENT_NOT_FOUND');
  return text;
}

function isObject(body: unknown): body is Record<string, unknown> & { documentId?: string } {
  return typeof body === 'object' && body !== null;
}

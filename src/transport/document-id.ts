import type { Pipeline } from '../graphql';
import { HttpRefusal } from './refuse';

/** Request before its parameters are parsed: the body of a POST and the query string of a GET. */
export interface RawRequest {
  body: unknown;
  search: string;
}

type Documents = Pick<Pipeline, 'trustedText'>;

/**
 * Replaces the id of a trusted document by its text: `documentId` (GraphQL over HTTP, appendix A), or the hash of a persisted
 * query. Refuses an unknown `documentId`. An unknown hash is left to automatic persisted queries.
 */
export function resolveDocumentId({ body, search }: RawRequest, documents: Documents): RawRequest {
  if (isObject(body) && !body.query) return { body: resolveInBody(body, documents), search };
  return {
    body,
    search: /\b(documentId|extensions)=/.test(search) ? resolveInUrl(search, documents) : search,
  };
}

function resolveInBody(body: Record<string, unknown>, documents: Documents): unknown {
  const { documentId, ...rest } = body;
  if (typeof documentId === 'string') return { ...rest, query: textOf(documentId, documents) };
  const persisted = resolveHash(body.extensions, documents);
  return persisted ? { ...body, ...persisted } : body;
}

function resolveInUrl(search: string, documents: Documents): string {
  const parameters = new URLSearchParams(search);
  const documentId = parameters.get('documentId');
  if (documentId !== null) {
    parameters.delete('documentId');
    parameters.set('query', textOf(documentId, documents));
    return `?${parameters}`;
  }
  const extensions = parameters.get('extensions');
  const persisted = extensions && !parameters.get('query') && resolveHash(parsed(extensions), documents);
  if (!persisted) return search;
  parameters.set('query', persisted.query);
  parameters.set('extensions', JSON.stringify(persisted.extensions));
  return `?${parameters}`;
}

/** Resolves a hash that a manifest lists. Its id can be any text, which Apollo Server would compare with the SHA-256. */
function resolveHash(
  extensions: unknown,
  documents: Documents,
): { query: string; extensions: object } | undefined {
  if (!isObject(extensions)) return undefined;
  const { persistedQuery, ...rest } = extensions;
  if (!isObject(persistedQuery) || typeof persistedQuery.sha256Hash !== 'string') return undefined;
  const query = documents.trustedText(persistedQuery.sha256Hash);
  return query === undefined ? undefined : { query, extensions: rest };
}

function textOf(documentId: string, documents: Documents): string {
  const text = documents.trustedText(documentId);
  if (text === undefined) throw new HttpRefusal(400, 'DOCUMENT_NOT_FOUND');
  return text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { GraphqlRequest } from '../graphql';
import { parseJson } from './read-request';
import { HttpRefusal } from './refuse';

const anything = z.record(z.string(), z.unknown()).nullish();

const params = z
  .object({
    query: z.string().nullish(),
    documentId: z.string().nullish(),
    operationName: z.string().nullish(),
    variables: anything,
    extensions: anything,
  })
  .refine(({ query, documentId, extensions }) => query || documentId || extensions?.documentId);

/** Throws a refusal if the request cannot be answered with server-sent events. */
export function expectEvents({ method, headers }: IncomingMessage): void {
  if (method !== 'GET' && method !== 'POST') {
    throw new HttpRefusal(405, 'BAD_REQUEST', 'Streams are opened with GET or POST.', { allow: 'GET, POST' });
  }
  if (!/text\/event-stream/i.test(headers.accept ?? '')) {
    const message = 'Streams are sent as text/event-stream, one for each operation.';
    throw new HttpRefusal(406, 'BAD_REQUEST', message);
  }
}

/** Parses the GraphQL parameters of a GET or POST. Throws a refusal if they are invalid. */
export function sseParams(
  request: IncomingMessage,
  body: Buffer,
  search: string,
): Omit<GraphqlRequest, 'accepts'> {
  const given = request.method === 'GET' ? fromSearch(search) : parseJson(request, body);
  const parsed = params.safeParse(given);
  if (!parsed.success) {
    throw new HttpRefusal(400, 'BAD_REQUEST', '`query` has to be a document, and `variables` an object.');
  }
  const { documentId, ...sent } = parsed.data;
  return documentId ? { ...sent, extensions: { ...sent.extensions, documentId } } : sent;
}

function fromSearch(search: string): unknown {
  const { variables, extensions, ...rest } = Object.fromEntries(new URLSearchParams(search));
  try {
    return {
      ...rest,
      ...(variables && { variables: JSON.parse(variables) }),
      ...(extensions && { extensions: JSON.parse(extensions) }),
    };
  } catch {
    return undefined;
  }
}

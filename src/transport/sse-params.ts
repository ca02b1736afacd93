import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { parsedBody, REFUSED, refuse } from './graphql-http';

const params = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

/** What a client asks for over SSE. */
export interface SseParams {
  query: string;
  operationName: string | null;
  variables: Record<string, unknown> | null;
}

/** Reads it from the parameters of a GET or the body of a POST; answers and says so where it cannot. */
export async function sseParams(
  request: IncomingMessage,
  response: ServerResponse,
  search: string,
): Promise<SseParams | typeof REFUSED> {
  if (request.method !== 'GET' && request.method !== 'POST') {
    response.setHeader('allow', 'GET, POST');
    refuse(response, 405, 'BAD_REQUEST', 'Streams are opened with GET or POST.');
    return REFUSED;
  }
  if (!/text\/event-stream/i.test(request.headers.accept ?? '')) {
    refuse(response, 406, 'BAD_REQUEST', 'Streams are sent as text/event-stream, one for each operation.');
    return REFUSED;
  }
  const given = request.method === 'GET' ? fromSearch(search) : await parsedBody(request, response);
  if (given === REFUSED) return REFUSED;
  const parsed = params.safeParse(given);
  if (!parsed.success) {
    refuse(response, 400, 'BAD_REQUEST', '`query` has to be a document, and `variables` an object.');
    return REFUSED;
  }
  const { query, operationName = null, variables = null } = parsed.data;
  return { query, operationName, variables };
}

function fromSearch(search: string): unknown {
  const { variables, ...rest } = Object.fromEntries(new URLSearchParams(search));
  try {
    return { ...rest, ...(variables && { variables: JSON.parse(variables) }) };
  } catch {
    return undefined;
  }
}

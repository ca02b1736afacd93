import { GraphQLRequestError, type WireError } from './errors';
import type { TokenSource, TypedDocument } from './types';

/** Options of a sender. */
export interface SenderOptions {
  /** URL of the graph, such as `https://gateway.example/graphql`. */
  url: string;
  /** Token source. Optional for the catalog and for signing in. */
  token?: TokenSource;
  /** Replaces the global `fetch`. */
  fetch?: typeof fetch;
  signal?: AbortSignal;
}

/**
 * Sends a document and resolves to its data. Rejects with `GraphQLRequestError` for top-level errors, and like `fetch` for
 * network errors. Errors that a client can act on are data, in `errors` of the payload.
 */
export type Send = <Data, Variables>(
  document: TypedDocument<Data, Variables>,
  variables: Variables,
) => Promise<Data>;

/** Creates the function that sends documents to one gateway. */
export function createSender(options: SenderOptions): Send {
  const { url, token, signal } = options;
  return async <Data, Variables>(query: TypedDocument<Data, Variables>, variables: Variables) => {
    const response = await (options.fetch ?? fetch)(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json;q=0.9',
        ...(token && { authorization: `Bearer ${await token()}` }),
      },
      body: JSON.stringify({ query, variables }),
      ...(signal && { signal }),
    });
    const { data, errors } = await readAnswer<Data>(response);
    if (errors || !data) throw new GraphQLRequestError(errors ?? [], response.status);
    return data;
  };
}

async function readAnswer<Data>(response: Response): Promise<{ data?: Data | null; errors?: WireError[] }> {
  const text = await response.text();
  try {
    return JSON.parse(text) as { data?: Data | null; errors?: WireError[] };
  } catch {
    // Most likely the error page of a proxy.
    const message = `HTTP ${response.status} without JSON`;
    throw new GraphQLRequestError([{ message, extensions: { code: 'BAD_RESPONSE' } }], response.status);
  }
}

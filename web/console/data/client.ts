import { Client, cacheExchange, fetchExchange } from 'urql';
import { GRAPHQL_URL } from '../../shared/settings';
import { readTimesExchange } from './read-times';
import { withRetries } from './retry-fetch';

/**
 * Client of the graph over HTTP. Its cache stores whole responses and drops those that a mutation has changed. Changes of
 * other users and of providers arrive over the stream (`live-query.ts`).
 */
export function createGraphClient(send: typeof fetch = (...args) => fetch(...args)): Client {
  return new Client({
    url: GRAPHQL_URL,
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    fetch: withRetries(send),
    exchanges: [cacheExchange, readTimesExchange(), fetchExchange],
  });
}

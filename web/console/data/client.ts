import { Client, cacheExchange, fetchExchange } from 'urql';
import { GRAPHQL_URL } from '../../shared/settings';
import { patient } from './patient';

/**
 * The graph over HTTP. The cache keeps whole answers and drops those that a mutation has touched; what other people and
 * the provider do comes over the stream, which says when to read again (`live-query.ts`).
 */
export function createGraphClient(send: typeof fetch = (...args) => fetch(...args)): Client {
  return new Client({
    url: GRAPHQL_URL,
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    fetch: patient(send),
    exchanges: [cacheExchange, fetchExchange],
  });
}

import { Client, cacheExchange, fetchExchange, mapExchange } from 'urql';
import { GRAPHQL_URL } from '../../shared/settings';

/**
 * The graph over HTTP. The cache keeps whole answers and drops those that a mutation has touched; what other people and
 * the provider do comes over the stream, which says when to read again (`live-query.ts`).
 */
export function createGraphClient(token: string | null, onRejected: () => void): Client {
  return new Client({
    url: GRAPHQL_URL,
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    fetchOptions: { headers: token ? { authorization: `Bearer ${token}` } : {} },
    exchanges: [
      cacheExchange,
      mapExchange({
        onError({ graphQLErrors }) {
          if (token && graphQLErrors.some(({ extensions }) => extensions.code === 'UNAUTHENTICATED'))
            onRejected();
        },
      }),
      fetchExchange,
    ],
  });
}

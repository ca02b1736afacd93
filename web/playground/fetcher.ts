import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit';
import { GraphQLError } from 'graphql';
import { createClient } from 'graphql-ws';
import { GRAPHQL_URL, STREAM_URL } from '../shared/settings';
import type { Memory } from './placeholders';

/** What a sign-in by running its document gives. */
interface SignedIn {
  token: string | null;
  viewer?: { email: string } | null;
}

/** Sends what is run: queries over HTTP, subscriptions over WebSocket, all with the token of whoever is signed in. */
export function createFetcher(
  token: string | null,
  memory: Memory,
  onSignIn: (token: string, email: string) => void,
): Fetcher {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  const send = createGraphiQLFetcher({
    url: GRAPHQL_URL,
    enableIncrementalDelivery: false,
    headers,
    wsClient: createClient({ url: STREAM_URL, connectionParams: headers }),
  });
  return async (request, options) => {
    let variables: typeof request.variables;
    try {
      variables = memory.fill(request.variables ?? {}) as typeof variables;
    } catch (error) {
      return { errors: [new GraphQLError((error as Error).message)] };
    }
    const answer = await send({ ...request, variables }, options);
    if ('data' in answer) {
      memory.learn(answer.data);
      const signedIn = (answer.data as { signIn?: SignedIn } | null)?.signIn;
      if (signedIn?.token) onSignIn(signedIn.token, signedIn.viewer?.email ?? '');
    }
    return answer;
  };
}

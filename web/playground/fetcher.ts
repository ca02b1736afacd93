import { createGraphiQLFetcher, type Fetcher, type FetcherOpts, type FetcherParams } from '@graphiql/toolkit';
import { type DocumentNode, GraphQLError, Kind, parse } from 'graphql';
import { createClient } from 'graphql-ws';
import type { Session, Tokens } from '../../client';
import { GRAPHQL_URL, STREAM_URL } from '../shared/settings';
import type { Memory } from './placeholders';

/** Parts of a response that change the session. */
interface SessionAnswer {
  signIn?: Partial<Tokens> | null;
  refreshToken?: Partial<Tokens> | null;
  signOut?: { signedOut: boolean } | null;
}

/** Listener for changes of the session. */
interface SessionChanges {
  begin(tokens: Tokens): void;
  /** Null if the session has ended. */
  goOn(tokens: Tokens | null): void;
}

/** Sends queries and mutations over HTTP and subscriptions over WebSocket, as the signed-in user. */
export function createFetcher(session: Session | null, memory: Memory, changes: SessionChanges): Fetcher {
  const send = createGraphiQLFetcher({
    url: GRAPHQL_URL,
    enableIncrementalDelivery: false,
    ...(session && { fetch: session.fetch }),
    wsClient: createClient({
      url: STREAM_URL,
      connectionParams: async () => (session ? { authorization: `Bearer ${await session.token()}` } : {}),
    }),
  });
  return async (request, options) => {
    let variables: typeof request.variables;
    try {
      variables = memory.fill(request.variables ?? {}) as typeof variables;
    } catch (error) {
      return { errors: [new GraphQLError((error as Error).message)] };
    }
    const answer = await send(...asShown({ ...request, variables }, options));
    if ('data' in answer) {
      memory.learn(answer.data);
      const { signIn, refreshToken, signOut } = (answer.data ?? {}) as SessionAnswer;
      if (isWhole(signIn)) changes.begin(signIn);
      if (isWhole(refreshToken)) changes.goOn(refreshToken);
      if (signOut?.signedOut) changes.goOn(null);
    }
    return answer;
  };
}

/**
 * Request with the text of the editor. After a new tab is opened and run at once, GraphiQL still has the operation name and
 * the document of the previous tab.
 */
function asShown(request: FetcherParams, options: FetcherOpts | undefined): [FetcherParams, FetcherOpts] {
  let documentAST: DocumentNode;
  try {
    documentAST = parse(request.query);
  } catch {
    // The gateway reports the error.
    return [{ ...request, operationName: null }, { ...options }];
  }
  const names = documentAST.definitions.flatMap(definition =>
    definition.kind === Kind.OPERATION_DEFINITION && definition.name ? definition.name.value : [],
  );
  const { operationName } = request;
  const name = operationName && names.includes(operationName) ? operationName : (names[0] ?? null);
  return [
    { ...request, operationName: name },
    { ...options, documentAST },
  ];
}

const isWhole = (tokens: Partial<Tokens> | null | undefined): tokens is Tokens =>
  Boolean(tokens?.token && tokens.expiresAt && tokens.refreshToken);

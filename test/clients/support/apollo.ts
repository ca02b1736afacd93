import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client/core';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { relayStylePagination } from '@apollo/client/utilities';
import { buildSchema, isAbstractType, OperationTypeNode } from 'graphql';
import { createClient as createSocket } from 'graphql-ws';
import { WebSocket } from 'ws';
import { ROOT } from '../../support/root';
import type { ProvisioningSubscription } from '../generated/codegen/graphql';
import type { DocumentClient } from './storefront';
import { bearer, urlsOf } from './urls';
import { valuesOf } from './values';

const schema = buildSchema(readFileSync(join(ROOT, 'schema/schema.graphql'), 'utf8'));

/** Types of each interface and union: without them, a fragment on `UserError` matches nothing in the cache. */
const possibleTypes = Object.fromEntries(
  Object.values(schema.getTypeMap())
    .filter(isAbstractType)
    .map(type => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
);

/** Starts Apollo Client with its default options. `before` is a link in front of both transports. */
export function startApollo(gateway: { url: string }, before?: ApolloLink) {
  const session: { token: string | null } = { token: null };
  const requests: { method: string; text: string }[] = [];
  const { http, ws } = urlsOf(gateway);
  const socket = createSocket({
    url: ws,
    webSocketImpl: WebSocket,
    connectionParams: () => bearer(session.token),
  });
  const send = new HttpLink({
    uri: http,
    fetch: (input, init) => {
      requests.push({ method: init?.method ?? 'GET', text: init?.body ? String(init.body) : String(input) });
      return fetch(input, { ...init, headers: { ...init?.headers, ...bearer(session.token) } });
    },
  });
  const isStream: Parameters<typeof ApolloLink.split>[0] = ({ operationType }) =>
    operationType === OperationTypeNode.SUBSCRIPTION;
  const transports = ApolloLink.split(isStream, new GraphQLWsLink(socket), send);
  const client = new ApolloClient({
    cache: new InMemoryCache({
      possibleTypes,
      typePolicies: { Query: { fields: { products: relayStylePagination(['filter', 'sort']) } } },
    }),
    link: before ? before.concat(transports) : transports,
  });

  /** What the story sends, through the cache. */
  const documents: DocumentClient = {
    async request(document, variables) {
      const [definition] = document.definitions;
      const isMutation =
        definition?.kind === 'OperationDefinition' && definition.operation === OperationTypeNode.MUTATION;
      const { data, error } = isMutation
        ? await client.mutate({ mutation: document, variables } as never)
        : await client.query({ query: document, variables } as never);
      if (error || !data) throw error ?? new Error('There is no data.');
      return data as never;
    },
    async *subscribe(query, variables) {
      const source = client.subscribe({ query, variables });
      const answers = valuesOf<ApolloClient.SubscribeResult<ProvisioningSubscription>>(sink => {
        const subscription = source.subscribe(sink);
        return () => subscription.unsubscribe();
      });
      for await (const { data, error } of answers) {
        if (error || !data) throw error ?? new Error('There is no data.');
        yield data;
      }
    },
  };
  const stop = async () => {
    client.stop();
    await socket.dispose();
  };
  return { client, documents, requests, session, stop };
}

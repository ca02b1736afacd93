import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Context } from '../services/context';
import { compiledExecution } from './compiled';
import type { Compiler } from './compiler';
import { logUnexpected, maskError } from './errors';
import { limiting } from './limits/apollo-plugin';
import type { Gate } from './limits/gate';
import { observing } from './observe/apollo-plugin';
import type { Observer } from './observe/observer';

/** Logs what broke, and gives the client nothing of it but the request's id. */
const masking: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async didEncounterErrors({ errors, contextValue }) {
        logUnexpected(contextValue.log, errors);
      },
      async willSendResponse({ response, contextValue }) {
        if (response.body.kind !== 'single') return;
        const { errors } = response.body.singleResult;
        if (!errors) return;
        response.body.singleResult.errors = errors.map(error => maskError(error, contextValue.requestId));
      },
    };
  },
};

/** Apollo Server over the graph, without a web server: the transport hands it requests. */
export function createApollo(
  schema: GraphQLSchema,
  log: Logger,
  gate: Gate,
  compiler: Compiler,
  observer: Observer,
): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema,
    introspection: true,
    // The gate remembers documents itself.
    documentStore: null,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    // Without the line that Apollo adds: it would make every answer a text of two parts, to be joined again.
    stringifyResult: JSON.stringify,
    // Its caching hints would instrument every field of every answer.
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      limiting(gate),
      masking,
      compiledExecution(compiler),
      observing(observer),
    ],
    logger: {
      debug: message => log.debug(message),
      info: message => log.debug(message),
      warn: message => log.warn(message),
      error: message => log.error(message),
    },
  });
}

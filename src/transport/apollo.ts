import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Pipeline } from '../graphql';
import { type HttpContext, pipelinePlugin } from './apollo-plugin';
import { observing } from './observe/apollo-plugin';
import type { Observer } from './observe/observer';

/** Bound on the texts of automatic persisted queries, in characters. */
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** A cache for automatic persisted queries. */
function persistedQueries() {
  const texts = new LRUCache<string, string>({
    maxSize: MOST_CHARACTERS,
    sizeCalculation: text => text.length + 1,
  });
  return {
    get: async (key: string) => texts.get(key),
    set: async (key: string, text: string) => void texts.set(key, text),
    delete: async (key: string) => texts.delete(key),
  };
}

/** Apollo Server without a web server: it speaks GraphQL over HTTP, and the pipeline executes. */
export function createApollo(
  schema: GraphQLSchema,
  log: Logger,
  pipeline: Pipeline,
  observer: Observer,
): ApolloServer<HttpContext> {
  return new ApolloServer<HttpContext>({
    schema,
    introspection: true,
    // The pipeline keeps documents.
    documentStore: null,
    persistedQueries: { cache: persistedQueries() },
    // No credential is a cookie, so a forged request of another page carries none.
    csrfPrevention: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    // Without the line break that Apollo Server appends, which would make every answer a text of two parts.
    stringifyResult: JSON.stringify,
    // Caching hints would instrument every field of every answer.
    plugins: [ApolloServerPluginCacheControlDisabled(), pipelinePlugin(pipeline), observing(observer)],
    logger: {
      debug: message => log.debug(message),
      info: message => log.debug(message),
      warn: message => log.warn(message),
      error: message => log.error(message),
    },
  });
}

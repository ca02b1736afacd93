import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Pipeline } from '../graphql';
import type { Observer } from './observe/observer';
import { observerPlugin } from './observe/observer-plugin';
import { costlessPlugin, type HttpContext, pipelinePlugin } from './pipeline-plugin';

/** Maximum total length of automatic persisted queries, in characters. */
const MAX_CHARACTERS = 4 * 1024 * 1024;

/** Creates the cache of automatic persisted queries. */
function persistedQueryCache() {
  const texts = new LRUCache<string, string>({
    maxSize: MAX_CHARACTERS,
    sizeCalculation: text => text.length + 1,
  });
  return {
    get: async (key: string) => texts.get(key),
    set: async (key: string, text: string) => void texts.set(key, text),
    delete: async (key: string) => texts.delete(key),
  };
}

/** Creates an Apollo Server without a web server. It implements GraphQL over HTTP; the pipeline executes. */
export function createApollo(
  schema: GraphQLSchema,
  log: Logger,
  pipeline: Pipeline,
  observer: Observer,
): ApolloServer<HttpContext> {
  return new ApolloServer<HttpContext>({
    schema,
    introspection: true,
    // The pipeline caches documents.
    documentStore: null,
    persistedQueries: { cache: persistedQueryCache() },
    // Credentials are never cookies, so a cross-site request carries none.
    csrfPrevention: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    // Apollo Server's own appends a line break, which makes every answer a concatenated string.
    stringifyResult: JSON.stringify,
    // Cache hints would instrument every field of every answer.
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      pipelinePlugin(pipeline),
      observerPlugin(observer),
      costlessPlugin(),
    ],
    logger: {
      debug: message => log.debug(message),
      info: message => log.debug(message),
      warn: message => log.warn(message),
      error: message => log.error(message),
    },
  });
}

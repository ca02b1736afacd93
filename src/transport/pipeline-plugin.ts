import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLFormattedError,
  Kind,
  OperationTypeNode,
} from 'graphql';
import {
  type AdmittedOperation,
  type Answer,
  type Caller,
  type GraphqlRequest,
  maskError,
  type Pipeline,
  RequestRefusal,
} from '../graphql';
import type { Context } from '../services/context';
import { RETRY_AFTER_SECONDS } from './refuse';

/** GraphQL context of a request over HTTP. */
export interface HttpContext extends Context {
  /** Undefined before admission. */
  admission: AdmittedOperation | RequestRefusal | undefined;
  caller: Caller;
  /** Outcome of the request. An object, because Apollo Server copies the context. */
  outcome: {
    /** Whether the answer is that of a public query with GET, which HTTP caches may store. */
    isPublicGet: boolean;
  };
}

/** Replaces a refused document, so that Apollo Server does not parse it. */
const EMPTY_DOCUMENT: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };
const QUERIES = new Set([OperationTypeNode.QUERY]);
const QUERIES_AND_MUTATIONS = new Set([OperationTypeNode.QUERY, OperationTypeNode.MUTATION]);

/** Creates the request for the pipeline. A GET accepts queries only. */
export const graphqlRequest = (
  { query, operationName, variables, extensions }: Omit<GraphqlRequest, 'accepts'>,
  method: string | undefined,
): GraphqlRequest => ({
  query,
  operationName,
  variables,
  extensions,
  accepts: method === 'GET' ? QUERIES : QUERIES_AND_MUTATIONS,
});

/** Creates the plugin that runs the pipeline in Apollo Server's request lifecycle. */
export function pipelinePlugin(pipeline: Pipeline): ApolloServerPlugin<HttpContext> {
  return {
    async requestDidStart({ request, contextValue: context }) {
      return {
        async didResolveSource(given) {
          const sent = { ...request, query: given.source };
          const method = request.http?.method;
          context.admission ??= await pipeline.admit(graphqlRequest(sent, method), context.caller);
          const { admission } = context;
          const document = admission instanceof RequestRefusal ? EMPTY_DOCUMENT : admission.plan.document;
          (given as { document?: DocumentNode }).document = document;
        },
        async didResolveOperation() {
          if (context.admission instanceof RequestRefusal) throw httpError(context.admission);
        },
        async responseForOperation() {
          const { admission } = context;
          if (!admission || admission instanceof RequestRefusal) return null;
          const result = await pipeline.execute(admission, context);
          const answer = pipeline.present(result, admission, context);
          context.outcome.isPublicGet =
            request.http?.method === 'GET' && !answer.errors && pipeline.isPublicQuery(admission);
          return respond(answer);
        },
        async willSendResponse({ response }) {
          if (response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          const { admission } = context;
          if (admission instanceof RequestRefusal)
            singleResult.errors = admission.errors.map(error => error.toJSON());
          else if (!admission && singleResult.errors) {
            pipeline.chargeMalformed(context.caller);
            const { status } = response.http;
            singleResult.errors = singleResult.errors.map(error => protocolError(error, status, context));
          }
        },
      };
    },
  };
}

/** Creates the plugin that leaves the cost out of an answer that HTTP caches may store. Runs after the cost is recorded. */
export function costlessPlugin(): ApolloServerPlugin<HttpContext> {
  return {
    async requestDidStart({ contextValue: context }) {
      return {
        async willSendResponse({ response: { body } }) {
          if (context.outcome.isPublicGet && body.kind === 'single') delete body.singleResult.extensions;
        },
      };
    },
  };
}

function respond({ data, errors, extensions }: Answer) {
  const isUnavailable = errors?.some(error => error.extensions.code === 'UNAVAILABLE') && !hasValue(data);
  return {
    http: {
      headers: new HeaderMap(isUnavailable ? [['retry-after', String(RETRY_AFTER_SECONDS)]] : []),
      ...(isUnavailable && { status: 503 }),
    },
    body: {
      kind: 'single' as const,
      singleResult: {
        data,
        ...(errors && { errors: errors.map(error => error.toJSON()) }),
        extensions,
      } as never,
    },
  };
}

/** Whether any root field of an answer has a value. */
const hasValue = (data: Answer['data']) => Object.values(data ?? {}).some(value => value !== null);

/** Error for a refusal, with its HTTP status and headers. */
function httpError({ errors: [first], status, retryAfterMs }: RequestRefusal): GraphQLError {
  const headers = new HeaderMap();
  if (retryAfterMs !== undefined) headers.set('retry-after', String(Math.ceil(retryAfterMs / 1000)));
  if (status === 405) headers.set('allow', 'POST');
  const extensions = { ...first?.extensions, http: { status, headers } };
  return new GraphQLError(first?.message ?? '', { extensions });
}

/** Masks an error of Apollo Server itself. Some client errors have no code, and get BAD_REQUEST. */
function protocolError(
  { message, extensions }: GraphQLFormattedError,
  status: number | undefined,
  { requestId }: Context,
): GraphQLFormattedError {
  const isClients = status !== undefined && status >= 400 && status < 500;
  const code = extensions?.code === 'INTERNAL_SERVER_ERROR' && isClients ? 'BAD_REQUEST' : extensions?.code;
  return maskError(new GraphQLError(message, { extensions: { ...extensions, code } }), requestId).toJSON();
}

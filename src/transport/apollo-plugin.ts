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
  Refusal,
} from '../graphql';
import type { Context } from '../services/context';
import { RETRY_AFTER_SECONDS } from './refuse';

/** Context of a request over HTTP. */
export interface HttpContext extends Context {
  /** Undefined until it is decided. */
  admission: AdmittedOperation | Refusal | undefined;
  caller: Caller;
}

/** Stands in for a document that is refused, so that Apollo Server does not parse it. */
const NOTHING: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };
const READS = new Set([OperationTypeNode.QUERY]);
const READS_AND_WRITES = new Set([OperationTypeNode.QUERY, OperationTypeNode.MUTATION]);

/** The parameters of a request over HTTP as the pipeline takes them. A GET can only carry a query. */
export const graphqlRequest = (
  { query, operationName, variables, extensions }: Omit<GraphqlRequest, 'accepts'>,
  method: string | undefined,
): GraphqlRequest => ({
  query,
  operationName,
  variables,
  extensions,
  accepts: method === 'GET' ? READS : READS_AND_WRITES,
});

/** Lets Apollo Server speak HTTP, and the pipeline do everything else. */
export function pipelinePlugin(pipeline: Pipeline): ApolloServerPlugin<HttpContext> {
  return {
    async requestDidStart({ request, contextValue: context }) {
      return {
        async didResolveSource(given) {
          const sent = { ...request, query: given.source };
          const method = request.http?.method;
          context.admission ??= await pipeline.admit(graphqlRequest(sent, method), context.caller);
          const { admission } = context;
          const document = admission instanceof Refusal ? NOTHING : admission.plan.document;
          (given as { document?: DocumentNode }).document = document;
        },
        async didResolveOperation() {
          if (context.admission instanceof Refusal) throw httpError(context.admission);
        },
        async responseForOperation() {
          const { admission } = context;
          if (!admission || admission instanceof Refusal) return null;
          const result = await pipeline.execute(admission, context);
          return respond(pipeline.present(result, admission, context));
        },
        async willSendResponse({ response }) {
          if (response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          const { admission } = context;
          if (admission instanceof Refusal)
            singleResult.errors = admission.errors.map(error => error.toJSON());
          else if (!admission && singleResult.errors) {
            pipeline.chargeMistake(context.caller);
            const { status } = response.http;
            singleResult.errors = singleResult.errors.map(error => protocolError(error, status, context));
          }
        },
      };
    },
  };
}

function respond({ data, errors, extensions }: Answer) {
  const away = errors?.some(error => error.extensions.code === 'UNAVAILABLE') && !hasValue(data);
  return {
    http: {
      headers: new HeaderMap(away ? [['retry-after', String(RETRY_AFTER_SECONDS)]] : []),
      ...(away && { status: 503 }),
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

/** The refusal with the parts of it that HTTP has headers for. */
function httpError({ errors: [first], status, retryAfterMs }: Refusal): GraphQLError {
  const headers = new HeaderMap();
  if (retryAfterMs !== undefined) headers.set('retry-after', String(Math.ceil(retryAfterMs / 1000)));
  if (status === 405) headers.set('allow', 'POST');
  const extensions = { ...first?.extensions, http: { status, headers } };
  return new GraphQLError(first?.message ?? '', { extensions });
}

/** An error of Apollo Server itself, which gives some mistakes of clients no code. */
function protocolError(
  { message, extensions }: GraphQLFormattedError,
  status: number | undefined,
  { requestId }: Context,
): GraphQLFormattedError {
  const isClients = status !== undefined && status >= 400 && status < 500;
  const code = extensions?.code === 'INTERNAL_SERVER_ERROR' && isClients ? 'BAD_REQUEST' : extensions?.code;
  return maskError(new GraphQLError(message, { extensions: { ...extensions, code } }), requestId).toJSON();
}

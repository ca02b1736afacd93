import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { type DocumentNode, GraphQLError, Kind } from 'graphql';
import type { Context } from '../../services/context';
import { countObjects } from './cost';
import type { Charge, Gate } from './gate';
import { withoutSuggestions } from './suggestions';

/** Stands in for a document that is refused, so that it is neither parsed nor validated again. */
const NOTHING: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };

/** The gate for HTTP: nothing is parsed, validated or executed that it does not let through. */
export function limiting(gate: Gate): ApolloServerPlugin<Context> {
  return {
    async requestDidStart({ request, contextValue: first }) {
      let refused: GraphQLError | undefined;
      let charge: Charge | undefined;
      return {
        async didResolveSource(given) {
          const checked = gate.check(given.source, first);
          // Apollo takes the document of whoever was first; what is no GraphQL it refuses in its own words.
          const writable = given as { document?: DocumentNode };
          if (checked.document) writable.document = checked.document;
          else if (checked.tooMuch) {
            refused = checked.errors[0];
            writable.document = NOTHING;
          }
        },
        async didResolveOperation({ document }) {
          if (refused) throw withStatus(refused);
          try {
            charge = gate.charge(document, request.variables, request.operationName, first);
          } catch (error) {
            throw withStatus(error as GraphQLError);
          }
        },
        async willSendResponse({ response, contextValue }) {
          if (response.body.kind !== 'single') return;
          const { singleResult } = response.body;
          if (charge) {
            const cost = gate.settle(charge, countObjects(singleResult.data));
            singleResult.extensions = { ...singleResult.extensions, cost };
          }
          if (singleResult.errors && gate.hidesSchema(contextValue.actor)) {
            singleResult.errors = singleResult.errors.map(withoutSuggestions);
          }
        },
      };
    },
  };
}

/** The refusal with what HTTP says beside it. */
function withStatus(error: GraphQLError): GraphQLError {
  const { retryAfterMs } = error.extensions;
  const limited = typeof retryAfterMs === 'number';
  const headers = new HeaderMap();
  if (limited) headers.set('retry-after', String(Math.ceil(retryAfterMs / 1000)));
  const http = { status: limited ? 429 : 400, headers };
  return new GraphQLError(error.message, { extensions: { ...error.extensions, http } });
}

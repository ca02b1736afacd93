import type { ApolloServerPlugin } from '@apollo/server';
import { trace } from '@opentelemetry/api';
import { type CostReport, Refusal } from '../../graphql';
import type { HttpContext } from '../apollo-plugin';
import type { Observer } from './observer';

/** Reports every operation over HTTP to `observer`. It comes last, because it reports what others did to the answer. */
export function observing(observer: Observer): ApolloServerPlugin<HttpContext> {
  return {
    async requestDidStart({ contextValue: context }) {
      const startedAt = performance.now();
      return {
        async willSendResponse({ response, operation, operationName }) {
          if (operation) {
            trace.getActiveSpan()?.updateName(`${operation.operation} ${operationName ?? ''}`.trimEnd());
          }
          if (response.body.kind !== 'single') return;
          const { errors, extensions } = response.body.singleResult;
          const cost = (extensions?.cost as CostReport | undefined)?.actualQueryCost;
          const { admission } = context;
          const document =
            admission && !(admission instanceof Refusal) ? admission.known.document : undefined;
          observer.tell({ context, transport: 'http', operationName, document, startedAt, cost, errors });
        },
      };
    },
  };
}

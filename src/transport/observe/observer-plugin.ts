import type { ApolloServerPlugin } from '@apollo/server';
import { trace } from '@opentelemetry/api';
import { type CostReport, RequestRefusal } from '../../graphql';
import type { HttpContext } from '../pipeline-plugin';
import type { Observer } from './observer';

/** Creates the plugin that records every operation over HTTP. It runs after the pipeline, so it records the final answer. */
export function observerPlugin(observer: Observer): ApolloServerPlugin<HttpContext> {
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
            admission && !(admission instanceof RequestRefusal) ? admission.document.ast : undefined;
          observer.record({ context, transport: 'http', operationName, document, startedAt, cost, errors });
        },
      };
    },
  };
}

import type { ApolloServerPlugin } from '@apollo/server';
import { trace } from '@opentelemetry/api';
import type { Context } from '../../services/context';
import type { CostReport } from '../limits/gate';
import type { Observer } from './observer';

/** Tells `observer` of every operation over HTTP. It has to come last: what others do to the answer is part of it. */
export function observing(observer: Observer): ApolloServerPlugin<Context> {
  return {
    async requestDidStart({ contextValue: context }) {
      const startedAt = performance.now();
      return {
        async willSendResponse({ response, operation, operationName, document }) {
          if (operation) {
            trace.getActiveSpan()?.updateName(`${operation.operation} ${operationName ?? ''}`.trimEnd());
          }
          if (response.body.kind !== 'single') return;
          const { errors, extensions } = response.body.singleResult;
          const cost = (extensions?.cost as CostReport | undefined)?.actualQueryCost;
          observer.tell({ context, transport: 'http', operationName, document, startedAt, cost, errors });
        },
      };
    },
  };
}

import { randomUUID } from 'node:crypto';
import { SpanKind } from '@opentelemetry/api';
import { type ExecutionResult, execute } from 'graphql';
import { requestError } from '../../errors';
import { inSpan } from '../../observability';
import { createContext } from '../../services/context';
import { createDeadline } from '../deadline';
import type { Transport } from '../observe/observer';
import type { Connection } from './connection';
import { masked } from './execute';
import type { Live } from './live';
import { definitionOf, type Operation } from './operation';

/** Answers a query or a mutation over a connection that stays, in the time that it would have over HTTP. */
export function answerOnce(
  live: Live,
  transport: Transport,
  connection: Connection,
  operation: Operation,
): Promise<ExecutionResult> {
  const definition = definitionOf(operation);
  const name = `${definition?.operation} ${definition?.name?.value ?? ''}`.trimEnd();
  return inSpan(name, { kind: SpanKind.SERVER }, () => answer(live, transport, connection, operation));
}

async function answer(
  { deps, gate, observer, config }: Live,
  transport: Transport,
  connection: Connection,
  operation: Operation,
): Promise<ExecutionResult> {
  const startedAt = performance.now();
  const { schema, document, operationName, variableValues } = operation;
  const deadline = createDeadline(config.security.requestTimeoutMs);
  const leave = () => deadline.end(false);
  connection.gone.addEventListener('abort', leave);
  const { actor, address } = connection.caller;
  const context = createContext(deps, actor, randomUUID(), deadline.signal, address);
  const executing = Promise.resolve(
    execute({ schema, document, operationName, variableValues, contextValue: context }),
  );
  const result = (await deadline.within(executing)) ?? { errors: [requestError('OPERATION_TIMEOUT')] };
  connection.gone.removeEventListener('abort', leave);
  const answered = masked(result, context);
  const cost = gate.costOf(document, variableValues, operationName);
  const { errors } = answered;
  observer.tell({
    context,
    transport,
    operationName: definitionOf(operation)?.name?.value,
    document,
    startedAt,
    cost,
    errors,
  });
  deadline.end(true);
  return answered;
}

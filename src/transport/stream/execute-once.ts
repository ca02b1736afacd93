import { randomUUID } from 'node:crypto';
import { SpanKind } from '@opentelemetry/api';
import { requestError } from '../../errors';
import type { AdmittedOperation, Answer } from '../../graphql';
import { inSpan } from '../../observability';
import { createContext } from '../../services/context';
import { createDeadline } from '../deadline';
import type { Transport } from '../observe/observer';
import type { Connection } from './connection';
import type { StreamServices } from './stream-services';

/**
 * Executes a query or a mutation over a connection that stays open, with the same deadline as over HTTP. It holds its slot
 * until the answer is sent, so the in-flight limit bounds unread answers.
 */
export function executeOnce(
  streams: StreamServices,
  transport: Transport,
  connection: Connection,
  admitted: AdmittedOperation,
): Promise<Answer> {
  const { kind, name = '' } = admitted.plan;
  const execute = () => executeWithDeadline(streams, transport, connection, admitted);
  return inSpan(`${kind} ${name}`.trimEnd(), { kind: SpanKind.SERVER }, execute);
}

async function executeWithDeadline(
  { deps, pipeline, observer, config }: StreamServices,
  transport: Transport,
  connection: Connection,
  admitted: AdmittedOperation,
): Promise<Answer> {
  const startedAt = performance.now();
  const deadline = createDeadline(config.security.requestTimeoutMs);
  const abort = () => deadline.end(false);
  const { closeSignal, caller } = connection;
  closeSignal.addEventListener('abort', abort);
  if (closeSignal.aborted) abort();
  const context = createContext(deps, caller.actor, randomUUID(), deadline.signal, caller.address);
  try {
    const executing = pipeline.execute(admitted, context);
    const result = (await deadline.within(executing)) ?? { errors: [requestError('OPERATION_TIMEOUT')] };
    const answered = pipeline.present(result, admitted, context);
    const { document, plan } = admitted;
    observer.record({
      context,
      transport,
      operationName: plan.name,
      document: document.ast,
      startedAt,
      cost: answered.extensions?.cost.actualQueryCost,
      errors: answered.errors,
    });
    return answered;
  } finally {
    closeSignal.removeEventListener('abort', abort);
    deadline.end(true);
  }
}

import { randomUUID } from 'node:crypto';
import { SpanKind } from '@opentelemetry/api';
import { requestError } from '../../errors';
import type { AdmittedOperation, Answer } from '../../graphql';
import { inSpan } from '../../observability';
import { createContext } from '../../services/context';
import { createDeadline } from '../deadline';
import type { Transport } from '../observe/observer';
import type { Connection } from './connection';
import type { Live } from './live';

/**
 * Answers a query or a mutation over a connection that stays open, in the time that it has over HTTP. It stays in flight
 * until its answer is sent, so answers that a client does not read are bounded.
 */
export function answerOnce(
  live: Live,
  transport: Transport,
  connection: Connection,
  admitted: AdmittedOperation,
): Promise<Answer> {
  const { kind, name = '' } = admitted.plan;
  const answering = () => answer(live, transport, connection, admitted);
  return inSpan(`${kind} ${name}`.trimEnd(), { kind: SpanKind.SERVER }, answering);
}

async function answer(
  { deps, pipeline, observer, config }: Live,
  transport: Transport,
  connection: Connection,
  admitted: AdmittedOperation,
): Promise<Answer> {
  const startedAt = performance.now();
  const deadline = createDeadline(config.security.requestTimeoutMs);
  const leave = () => deadline.end(false);
  const { gone, caller } = connection;
  gone.addEventListener('abort', leave);
  if (gone.aborted) leave();
  const context = createContext(deps, caller.actor, randomUUID(), deadline.signal, caller.address);
  try {
    const executing = pipeline.execute(admitted, context);
    const result = (await deadline.within(executing)) ?? { errors: [requestError('OPERATION_TIMEOUT')] };
    const answered = pipeline.present(result, admitted, context);
    const { known, plan } = admitted;
    observer.tell({
      context,
      transport,
      operationName: plan.name,
      document: known.document,
      startedAt,
      cost: answered.extensions?.cost.actualQueryCost,
      errors: answered.errors,
    });
    return answered;
  } finally {
    gone.removeEventListener('abort', leave);
    deadline.end(true);
  }
}

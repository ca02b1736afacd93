import { randomUUID } from 'node:crypto';
import { requestError } from '../../errors';
import type { AdmittedOperation, Answer } from '../../graphql';
import { createContext } from '../../services/context';
import type { Slot } from '../limits';
import type { Transport } from '../observe/observer';
import type { Connection } from './connection';
import type { Sink } from './payload';
import type { Reader } from './reader';
import type { StreamServices } from './stream-services';
import { subscribe } from './subscribe';

/** Never aborted: a stream ends with its connection. */
const { signal } = new AbortController();

/**
 * Starts a subscription and records it. `resumeAfter` is the cursor of the transport (`Last-Event-ID`). The stream holds its
 * slot until its first message, or until it waits for events.
 */
export async function startStream(
  { pipeline, hub, deps, observer, planLimit }: StreamServices,
  transport: Transport,
  connection: Connection,
  admitted: AdmittedOperation,
  slot: Pick<Slot, 'release'>,
  sink: Sink,
  resumeAfter = '',
): Promise<Answer | Reader> {
  const startedAt = performance.now();
  const { actor, address } = connection.caller;
  const context = createContext(deps, actor, randomUUID(), signal, address);
  if (resumeAfter) context.resumeAfter = resumeAfter;
  const release = planLimit.acquire(admitted.charge.caller, admitted.plan);
  if (!release) {
    slot.release();
    return { errors: [requestError('TOO_MANY_STREAMS')] };
  }
  const started = await subscribe(pipeline, hub, connection, admitted, context, sink).catch(error => {
    slot.release();
    release();
    throw error;
  });
  if ('whenEnded' in started) started.whenEnded(release);
  else release();
  const errors = 'errors' in started ? started.errors : undefined;
  if ('whenStarted' in started) started.whenStarted(() => slot.release());
  else slot.release();
  const { document, plan, charge } = admitted;
  observer.record({
    context,
    transport,
    operationName: plan.name,
    document: document.ast,
    startedAt,
    cost: charge.requested,
    errors,
  });
  return started;
}

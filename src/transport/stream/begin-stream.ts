import { randomUUID } from 'node:crypto';
import { requestError } from '../../errors';
import type { AdmittedOperation, Answer } from '../../graphql';
import { createContext } from '../../services/context';
import type { Slot } from '../door';
import type { Transport } from '../observe/observer';
import type { Connection } from './connection';
import type { Live } from './live';
import type { Sink } from './payload';
import type { Reader } from './reader';
import { subscribe } from './subscribe';

/** A stream ends with its connection, and its start is not aborted. */
const { signal } = new AbortController();

/**
 * Starts a subscription and reports it. `resumeAfter` is the cursor that the transport knows. The stream is a request in
 * flight until its first message, or until it waits for events.
 */
export async function beginStream(
  { pipeline, hub, deps, observer, heldPlans }: Live,
  transport: Transport,
  connection: Connection,
  admitted: AdmittedOperation,
  slot: Slot,
  sink: Sink,
  resumeAfter = '',
): Promise<Answer | Reader> {
  const startedAt = performance.now();
  const { actor, address } = connection.caller;
  const context = createContext(deps, actor, randomUUID(), signal, address);
  if (resumeAfter) context.resumeAfter = resumeAfter;
  const release = heldPlans.hold(admitted.charge.caller, admitted.plan);
  if (!release) {
    slot.leave();
    return { errors: [requestError('TOO_MANY_STREAMS')] };
  }
  const begun = await subscribe(pipeline, hub, connection, admitted, context, sink).catch(error => {
    slot.leave();
    release();
    throw error;
  });
  if ('whenEnded' in begun) begun.whenEnded(release);
  else release();
  const errors = 'errors' in begun ? begun.errors : undefined;
  if ('whenStarted' in begun) begun.whenStarted(() => slot.leave());
  else slot.leave();
  const { known, plan, charge } = admitted;
  observer.tell({
    context,
    transport,
    operationName: plan.name,
    document: known.document,
    startedAt,
    cost: charge.requested,
    errors,
  });
  return begun;
}

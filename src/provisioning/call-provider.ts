import type { Catalog } from '../catalog';
import type { Database } from '../database';
import type { OperationStep, ProvisioningOperation } from '../entities';
import { CallNotPermitted, type Claim, type RetryPolicy, respectRetryAfter } from '../jobs';
import { inSpan, type ProvisioningMetrics } from '../observability';
import { Accepted, type Provider, type ProviderCall, ProviderFault } from '../providers';
import { observeOperation, observeStep } from './durations';
import { recordFault } from './fail-operation';
import type { Job } from './job';
import { pollLater, retryLater, revertIntent } from './reschedule';
import { steps } from './steps';
import type { CallResult } from './walk-locked';

/** Dependencies of a worker that runs one operation, and its claim. */
export interface WorkerContext extends Claim {
  db: Database;
  catalog: Catalog;
  provider: Provider;
  retries: RetryPolicy;
  metrics: ProvisioningMetrics;
  /** Business time, for billing periods. */
  clock: () => Date;
}

const NOT_PERMITTED: Record<CallNotPermitted['reason'], string> = {
  CIRCUIT_OPEN: 'the circuit breaker of the provider is open',
  PAUSED: 'the provider has asked for a pause',
  CLAIM_ENDED: 'its claim has ended',
};

/** Makes the call of a step, or polls. Undefined if there is no result: the retry, next poll or failure is written. */
export async function callProvider(
  job: Job,
  step: OperationStep,
  context: WorkerContext,
): Promise<CallResult | undefined> {
  const { lane, provider, log, currentSignal } = context;
  const { operation } = job;
  if (context.draining()) return notCalled(operation, step, context, 0, 'the gateway is stopping');
  try {
    const attributes = { 'skybasket.attempt': step.attempts };
    const result = await inSpan(step.name, { attributes }, () =>
      context.makeCall(async () => {
        // A getter: a call of several requests checks the claim before each.
        const call = {
          trackId: operation.trackId,
          get signal() {
            return currentSignal();
          },
        };
        if (step.ticket) return poll(provider, step.ticket, call);
        return steps[step.name].call?.(job, { provider, call });
      }),
    );
    log.debug({ step: step.name, attempt: step.attempts }, 'provider responded');
    if (result instanceof Accepted) return void (await keepPolling(result, operation, step, context));
    return { result };
  } catch (error) {
    if (error instanceof CallNotPermitted)
      return notCalled(operation, step, context, lane.retryAfterMs, NOT_PERMITTED[error.reason]);
    if (!(error instanceof ProviderFault)) throw error;
    await handleFault(error, operation, step, context);
    return undefined;
  }
}

async function notCalled(
  operation: ProvisioningOperation,
  step: OperationStep,
  { db }: WorkerContext,
  delayMs: number,
  reason: string,
): Promise<undefined> {
  if (step.ticket) await pollLater(db, operation, step, delayMs);
  else await revertIntent(db, operation, step, delayMs, reason);
  return undefined;
}

function poll(provider: Provider, ticket: string, call: ProviderCall): Promise<string | Accepted> {
  if (!provider.poll) throw new Error('The step has a ticket, but its provider has no poll method');
  return provider.poll(ticket, call);
}

/** Schedules the next poll, or records a fault when the provider has not finished within the time limit. */
async function keepPolling(
  { ticket, pollAfterMs }: Accepted,
  operation: ProvisioningOperation,
  step: OperationStep,
  context: WorkerContext,
): Promise<void> {
  const { db, retries } = context;
  const delayMs = retries.pollDelayMs(step.startedAt);
  const newTicket = ticket === step.ticket ? undefined : ticket;
  if (delayMs !== undefined) {
    return pollLater(db, operation, step, respectRetryAfter(delayMs, pollAfterMs), newTicket);
  }
  const message = 'The provider has accepted it and did not finish it in time';
  const timeout = new ProviderFault('OUTCOME_UNKNOWN', message, { retryable: true });
  await retryOrFail(timeout, operation, { ...step, ticket }, context);
}

async function handleFault(
  fault: ProviderFault,
  operation: ProvisioningOperation,
  step: OperationStep,
  context: WorkerContext,
): Promise<void> {
  const { db, lane, log, draining, currentSignal } = context;
  if (fault.retryAfterMs) lane.pauseFor(fault.retryAfterMs);
  log.warn({ step: step.name, attempt: step.attempts, code: fault.code }, fault.message);
  // This process aborted the call itself, so the fault says nothing about the provider and never fails the operation.
  if (draining() && currentSignal().aborted) return retryLater(db, operation, step, fault, 0);
  await retryOrFail(fault, operation, step, context);
}

async function retryOrFail(
  fault: ProviderFault,
  operation: ProvisioningOperation,
  step: OperationStep,
  { db, retries, metrics }: WorkerContext,
): Promise<void> {
  if (!(await recordFault(db, operation, step, fault, retries))) return;
  observeStep(metrics, step, 'failed');
  observeOperation(metrics, operation, 'failed');
}

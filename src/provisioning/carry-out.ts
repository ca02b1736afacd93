import type { Catalog } from '../catalog';
import type { Database } from '../database';
import { OperationState, type OperationStep, type ProvisioningOperation } from '../entities';
import { endWork, type Hand, NotCalled, notBefore, type RetryPolicy } from '../jobs';
import { inSpan, type ProvisioningMetrics } from '../observability';
import { recordFault } from './give-up';
import { type Job, loadJob } from './job';
import { operationEnded, stepEnded } from './measure';
import { leadsNowhere, stopPoisoned } from './poison';
import { Accepted, type Provider, type ProviderCall, ProviderFault } from './provider/port';
import { letWork, postpone, takeBack } from './set-back';
import { steps } from './steps';
import { type Called, walk } from './walk';

/** What carrying out an operation takes. */
export interface Tools extends Hand {
  db: Database;
  catalog: Catalog;
  provider: Provider;
  retries: RetryPolicy;
  metrics: ProvisioningMetrics;
}

/**
 * Takes a claimed operation from call to call until it is finished, waits for another attempt or is taken away. Rejects
 * with faults of the database, which do not count against the operation. Any other error is met again by the worker that
 * claims the operation after its lease, a bounded number of times.
 */
export async function carryOut(operation: ProvisioningOperation, tools: Tools): Promise<void> {
  const { db, catalog, log, leaseMs, provider } = tools;
  try {
    if (leadsNowhere(operation)) {
      await stopPoisoned(db, operation);
      operationEnded(tools.metrics, operation, 'failed');
      return log.error('operation stopped as a poison message');
    }
    const keepsAccounts = provider.accounts !== undefined;
    const job = await loadJob(db, catalog, operation, { leaseMs, keepsAccounts });
    let step = await walk(tools, job);
    while (step) {
      const before = step;
      const called = await call(job, step, tools);
      step = called && (await walk(tools, job, called));
      if (called) stepEnded(tools.metrics, before, 'succeeded');
    }
    if (job.operation.state === OperationState.SUCCEEDED)
      operationEnded(tools.metrics, operation, 'succeeded');
    log.info({ state: job.operation.state }, 'claim released');
  } catch (error) {
    endWork(error, log, 'operation failed unexpectedly; its claim expires by itself');
  }
}

/** Resolves to what the call gave; undefined when there is no result, and what follows from that is written. */
async function call(job: Job, step: OperationStep, tools: Tools): Promise<Called | undefined> {
  const { db, lane, provider, log, signal } = tools;
  const { operation } = job;
  const notNow = step.ticket ? letWork : takeBack;
  if (tools.draining()) return void (await notNow(db, operation, step, 0));
  try {
    const attributes = { 'skybasket.attempt': step.attempts };
    const result = await inSpan(step.name, { attributes }, () =>
      lane.call(async () => {
        const call = { trackId: operation.trackId, signal };
        if (step.ticket) return ask(provider, step.ticket, call);
        return steps[step.name].call?.(job, { provider, call });
      }),
    );
    log.debug({ step: step.name, attempt: step.attempts }, 'the provider has answered');
    if (result instanceof Accepted) return void (await waitFor(result, operation, step, tools));
    return { result };
  } catch (error) {
    if (error instanceof NotCalled) await notNow(db, operation, step, lane.closedForMs);
    else if (error instanceof ProviderFault) await settle(error, operation, step, tools);
    else throw error;
    return undefined;
  }
}

function ask(provider: Provider, ticket: string, call: ProviderCall): Promise<string | Accepted> {
  if (!provider.poll) throw new Error('Its provider accepts nothing for later');
  return provider.poll(ticket, call);
}

/** The provider works on it: it is asked again when it wants to be, or when the policy says so. */
async function waitFor(
  { ticket, againInMs }: Accepted,
  operation: ProvisioningOperation,
  step: OperationStep,
  tools: Tools,
): Promise<void> {
  const { db, retries } = tools;
  const inMs = retries.pollMs(step.startedAt);
  const isNew = ticket === step.ticket ? undefined : ticket;
  if (inMs !== undefined) {
    return letWork(db, operation, step, notBefore(inMs, againInMs), isNew);
  }
  const words = 'The provider has accepted it and did not finish it in time';
  const late = new ProviderFault('OUTCOME_UNKNOWN', words, { retryable: true });
  await record(late, operation, { ...step, ticket }, tools);
}

async function settle(
  fault: ProviderFault,
  operation: ProvisioningOperation,
  step: OperationStep,
  tools: Tools,
): Promise<void> {
  const { db, lane, log, draining, signal } = tools;
  if (fault.retryAfterMs) lane.pauseFor(fault.retryAfterMs);
  log.warn({ step: step.name, attempt: step.attempts, code: fault.code }, fault.message);
  // A call that this process gave up itself says nothing against the provider, so it never ends an operation.
  if (draining() && signal.aborted) return postpone(db, operation, step, fault, 0);
  await record(fault, operation, step, tools);
}

async function record(
  fault: ProviderFault,
  operation: ProvisioningOperation,
  step: OperationStep,
  { db, retries, metrics }: Tools,
): Promise<void> {
  if (!(await recordFault(db, operation, step, fault, retries))) return;
  stepEnded(metrics, step, 'failed');
  operationEnded(metrics, operation, 'failed');
}

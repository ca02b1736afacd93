import { OperationState, type ProvisioningOperation } from '../entities';
import { handleWorkError } from '../jobs';
import { callProvider, type WorkerContext } from './call-provider';
import { observeOperation, observeStep } from './durations';
import { loadJob } from './job';
import { exceededClaims, failPoisonMessage } from './poison-message';
import { walk } from './walk';

/**
 * Runs a claimed operation from call to call, until it succeeds, fails, waits for a retry or a poll, or loses its claim.
 * Rejects with faults of the database only, which do not count against the operation. After any other error the claim
 * expires, and the next worker tries again, up to the limit of `exceededClaims`.
 */
export async function runOperation(operation: ProvisioningOperation, context: WorkerContext): Promise<void> {
  const { db, catalog, clock, log, leaseMs, provider, metrics } = context;
  try {
    if (exceededClaims(operation)) {
      await failPoisonMessage(db, operation);
      observeOperation(metrics, operation, 'failed');
      return log.error('operation stopped as a poison message');
    }
    const needsAccounts = provider.accounts !== undefined;
    const job = await loadJob(db, catalog, operation, { leaseMs, needsAccounts, clock });
    let step = await walk(context, job);
    while (step) {
      const called = step;
      const result = await callProvider(job, called, context);
      step = result && (await walk(context, job, result));
      if (result) observeStep(metrics, called, 'succeeded');
    }
    if (job.operation.state === OperationState.SUCCEEDED) observeOperation(metrics, operation, 'succeeded');
    log.info({ state: job.operation.state }, 'claim released');
  } catch (error) {
    handleWorkError(error, log, 'operation failed unexpectedly; its claim expires by itself');
  }
}

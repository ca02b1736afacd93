import { elapsedSince } from '../clock';
import type { OperationStep, ProvisioningOperation } from '../entities';
import type { ProvisioningMetrics } from '../observability';

type Outcome = 'succeeded' | 'failed' | 'abandoned';

const secondsSince = (time: Date) => elapsedSince(time) / 1000;

/** Records the duration of a step that has called the provider. */
export function observeStep(
  { stepSeconds }: ProvisioningMetrics,
  step: OperationStep,
  outcome: Outcome,
): void {
  if (step.startedAt) stepSeconds.observe({ step: step.name, outcome }, secondsSince(step.startedAt));
}

/** Records the duration of an operation that succeeded, failed or was abandoned. */
export function observeOperation(
  { operationSeconds }: ProvisioningMetrics,
  { kind, createdAt }: ProvisioningOperation,
  outcome: Outcome,
): void {
  operationSeconds.observe({ kind, outcome }, secondsSince(createdAt));
}

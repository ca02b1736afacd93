import { elapsedSince } from '../clock';
import type { OperationStep, ProvisioningOperation } from '../entities';
import type { ProvisioningMetrics } from '../observability';

type Outcome = 'succeeded' | 'failed';

const secondsSince = (moment: Date) => elapsedSince(moment) / 1000;

/** A step that calls the provider has come to its end. */
export function stepEnded({ stepSeconds }: ProvisioningMetrics, step: OperationStep, outcome: Outcome): void {
  if (step.startedAt) stepSeconds.observe({ step: step.name, outcome }, secondsSince(step.startedAt));
}

/** An operation has come to its end, or waits for a person. */
export function operationEnded(
  { operationSeconds }: ProvisioningMetrics,
  { kind, createdAt }: ProvisioningOperation,
  outcome: Outcome,
): void {
  operationSeconds.observe({ kind, outcome }, secondsSince(createdAt));
}

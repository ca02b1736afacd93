import type { Registry } from 'prom-client';
import { PROVIDER_SECONDS } from './buckets';
import { metricFactory } from './metric-factory';

/** Creates the metrics of provisioning. The first three have the same value in every process: take their maximum. */
export function provisioningMetrics(registry: Registry) {
  const { counter, gauge, histogram } = metricFactory(registry);
  return {
    operations: gauge(
      'skybasket_operations',
      'Unfinished operations in the whole database: PENDING, RUNNING, and FAILED ones that need an operator.',
      ['state'],
    ),
    oldest: gauge(
      'skybasket_operations_oldest_seconds',
      'Age of the oldest unfinished operation, 0 if there is none. The age of a FAILED operation counts from its failure.',
      ['state'],
    ),
    overdue: gauge(
      'skybasket_operations_overdue_seconds',
      'Longest time that an operation has been due and not claimed.',
    ),
    claimed: gauge(
      'skybasket_operations_claimed',
      'Operations that the worker of this process has claimed.',
      ['provider'],
    ),
    circuitOpen: gauge(
      'skybasket_provider_circuit_open',
      '1 while the circuit breaker of the provider is open or half-open in this process.',
      ['provider'],
    ),
    operationSeconds: histogram(
      'skybasket_operation_seconds',
      'Time from the request for an operation until it succeeded, failed or was abandoned.',
      PROVIDER_SECONDS,
      ['kind', 'outcome'],
    ),
    stepSeconds: histogram(
      'skybasket_step_seconds',
      'Time of a step that calls the provider, from its first attempt until it succeeded or stopped, pauses included.',
      PROVIDER_SECONDS,
      ['step', 'outcome'],
    ),
    callSeconds: histogram(
      'skybasket_provider_call_seconds',
      'Time of one call to a provider; outcome is OK or the code of the fault (docs/provisioning.md).',
      PROVIDER_SECONDS,
      ['provider', 'call', 'outcome'],
    ),
    faults: counter(
      'skybasket_provider_faults_total',
      'Calls to a provider that ended with a fault, by its code; REJECTED is a refusal by the provider.',
      ['provider', 'code'],
    ),
  };
}

/** Metrics of provisioning. */
export type ProvisioningMetrics = ReturnType<typeof provisioningMetrics>;

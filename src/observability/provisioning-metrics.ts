import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { PROVIDER_SECONDS } from './buckets';

/** Creates the metrics of provisioning. The first three have the same value in every process: take their maximum. */
export function provisioningMetrics(registry: Registry) {
  const registers = [registry];
  return {
    operations: new Gauge({
      name: 'skybasket_operations',
      help: 'Unfinished operations in the whole database: PENDING, RUNNING, and FAILED ones that need an operator.',
      labelNames: ['state'] as const,
      registers,
    }),
    oldest: new Gauge({
      name: 'skybasket_operations_oldest_seconds',
      help: 'Age of the oldest unfinished operation, 0 if there is none. The age of a FAILED operation counts from its failure.',
      labelNames: ['state'] as const,
      registers,
    }),
    overdue: new Gauge({
      name: 'skybasket_operations_overdue_seconds',
      help: 'Longest time that an operation has been due and not claimed.',
      registers,
    }),
    claimed: new Gauge({
      name: 'skybasket_operations_in_hand',
      help: 'Operations that the worker of this process has claimed.',
      labelNames: ['provider'] as const,
      registers,
    }),
    circuitOpen: new Gauge({
      name: 'skybasket_provider_circuit_open',
      help: '1 while the circuit breaker of the provider is open or half-open in this process.',
      labelNames: ['provider'] as const,
      registers,
    }),
    operationSeconds: new Histogram({
      name: 'skybasket_operation_seconds',
      help: 'Time from the request for an operation until it succeeded or stopped.',
      labelNames: ['kind', 'outcome'] as const,
      buckets: PROVIDER_SECONDS,
      registers,
    }),
    stepSeconds: new Histogram({
      name: 'skybasket_step_seconds',
      help: 'Time of a step that calls the provider, from its first attempt until it succeeded or stopped, pauses included.',
      labelNames: ['step', 'outcome'] as const,
      buckets: PROVIDER_SECONDS,
      registers,
    }),
    callSeconds: new Histogram({
      name: 'skybasket_provider_call_seconds',
      help: 'Time of one call to a provider; outcome is OK or the code of the fault (docs/provisioning.md).',
      labelNames: ['provider', 'call', 'outcome'] as const,
      buckets: PROVIDER_SECONDS,
      registers,
    }),
    faults: new Counter({
      name: 'skybasket_provider_faults_total',
      help: 'Calls to a provider that ended with a fault, by its code; REJECTED is a refusal by the provider.',
      labelNames: ['provider', 'code'] as const,
      registers,
    }),
  };
}

/** Metrics of provisioning. */
export type ProvisioningMetrics = ReturnType<typeof provisioningMetrics>;

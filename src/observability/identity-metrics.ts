import type { Registry } from 'prom-client';
import { metricFactory } from './metric-factory';

/** Creates the metrics of the identity provider. */
export function identityMetrics(registry: Registry) {
  const { counter } = metricFactory(registry);
  return {
    tokens: counter(
      'skybasket_identity_provider_tokens_total',
      'Tokens that were not issued by the gateway, by outcome: accepted, invalid, unverified_email, unknown_email (also counted as accepted), or unavailable when the keys of the identity provider could not be fetched.',
      ['outcome'],
    ),
  };
}

/** Metrics of the identity provider. */
export type IdentityMetrics = ReturnType<typeof identityMetrics>;

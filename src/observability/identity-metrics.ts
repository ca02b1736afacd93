import { Counter, type Registry } from 'prom-client';

/** Creates the metrics of the identity provider. */
export function identityMetrics(registry: Registry) {
  return {
    tokens: new Counter({
      name: 'skybasket_identity_provider_tokens_total',
      help: 'Tokens that were not issued by the gateway, by outcome: accepted, invalid, unverified_email, unknown_email (also counted as accepted), or unavailable when the keys of the identity provider could not be fetched.',
      labelNames: ['outcome'] as const,
      registers: [registry],
    }),
  };
}

/** Metrics of the identity provider. */
export type IdentityMetrics = ReturnType<typeof identityMetrics>;

import type { z } from 'zod';
import { secret } from './secret';
import { flag, integer, setting } from './setting';

/** Schema of the webhook settings. */
export function webhookSettings() {
  return {
    WEBHOOK_KEY: setting(
      secret().optional().meta({ values: 'at least 32 characters' }),
      'Key that encrypts the signing secrets of webhooks. Defaults to AUTH_SECRET.',
    ),
    WEBHOOK_ALLOW_PRIVATE: setting(
      flag(false),
      'Whether webhooks at loopback and private addresses are allowed.',
    ),
    WEBHOOK_TIMEOUT_MS: setting(
      integer(100, 60_000, 10_000),
      'Deadline of a complete response of a receiver, in milliseconds.',
    ),
    WEBHOOK_DISABLE_DAYS: setting(
      integer(1, 4, 3),
      'Days of failed attempts, without a success, after which a webhook is disabled.',
    ),
  };
}

type Values = z.output<z.ZodObject<ReturnType<typeof webhookSettings>>>;

/** Converts the environment to webhook settings. The key defaults to `authSecret`. */
export function toWebhooks(value: Values, authSecret: string) {
  return {
    key: value.WEBHOOK_KEY ?? authSecret,
    allowPrivate: value.WEBHOOK_ALLOW_PRIVATE,
    timeoutMs: value.WEBHOOK_TIMEOUT_MS,
    disableDays: value.WEBHOOK_DISABLE_DAYS,
  };
}

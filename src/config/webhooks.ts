import type { z } from 'zod';
import { secret } from './secret';
import { flag, setting, whole } from './setting';

/** How events are posted to webhooks. */
export interface WebhookConfig {
  /** Encrypts the secrets that messages are signed with. */
  key: string;
  /** Post to addresses of this machine and this network too. */
  allowPrivate: boolean;
  /** How long a receiver has for a complete answer. */
  timeoutMs: number;
  /** A webhook whose every attempt has failed for so many days is disabled. */
  disableDays: number;
}

/** The settings, as parts of the environment's schema. */
export function webhookSettings() {
  return {
    WEBHOOK_KEY: setting(
      secret().optional().meta({ values: 'at least 32 characters' }),
      'Key that encrypts the signing secrets of webhooks. Defaults to AUTH_SECRET.',
    ),
    WEBHOOK_ALLOW_PRIVATE: setting(flag(false), 'Allow webhooks at loopback and private addresses.'),
    WEBHOOK_TIMEOUT_MS: setting(
      whole(100, 60_000, 10_000),
      'Deadline of a complete response of a receiver, in milliseconds.',
    ),
    WEBHOOK_DISABLE_DAYS: setting(
      whole(1, 4, 3),
      'Days of failed attempts, without a success, after which a webhook is disabled.',
    ),
  };
}

type Values = z.output<z.ZodObject<ReturnType<typeof webhookSettings>>>;

/** The settings as the parts of the gateway read them. Without a key of their own, secrets go with `authSecret`. */
export function toWebhooks(value: Values, authSecret: string): WebhookConfig {
  return {
    key: value.WEBHOOK_KEY ?? authSecret,
    allowPrivate: value.WEBHOOK_ALLOW_PRIVATE,
    timeoutMs: value.WEBHOOK_TIMEOUT_MS,
    disableDays: value.WEBHOOK_DISABLE_DAYS,
  };
}

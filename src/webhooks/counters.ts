/** Counters of the webhooks of this process since its start, for the metrics. */
export interface WebhookCounters {
  /** Events queued for a webhook. */
  queued: number;
  /** Attempts with a 2xx response. */
  delivered: number;
  /** Attempts without a 2xx response. */
  failedAttempts: number;
  /** Deliveries given up after their last attempt. */
  givenUp: number;
  /** Deliveries that were not sent, because the account lost permission or the event was removed. */
  withheld: number;
  /** Webhooks that were disabled after failing for too long, or after a 410 response. */
  disabled: number;
}

/** New counters, all zero. */
export const newWebhookCounters = (): WebhookCounters => ({
  queued: 0,
  delivered: 0,
  failedAttempts: 0,
  givenUp: 0,
  withheld: 0,
  disabled: 0,
});

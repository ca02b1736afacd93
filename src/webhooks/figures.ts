/** What the webhooks of this process have done since it started, for the metrics: counters that only grow. */
export interface WebhookFigures {
  /** Events queued for a webhook. */
  queued: number;
  /** Attempts that a receiver took. */
  delivered: number;
  /** Attempts that it did not take, or did not get. */
  failedAttempts: number;
  /** Deliveries given up after their last attempt. */
  givenUp: number;
  /** Deliveries not sent because their account may no longer see what they are about, or the event is gone. */
  withheld: number;
  /** Webhooks disabled because their receiver failed for too long, or said that it is gone. */
  disabled: number;
}

/** All at nothing. */
export const noFigures = (): WebhookFigures => ({
  queued: 0,
  delivered: 0,
  failedAttempts: 0,
  givenUp: 0,
  withheld: 0,
  disabled: 0,
});

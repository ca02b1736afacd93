import { defineEnum } from './define-enum';

export const WebhookState = defineEnum('WebhookState', 'State of a webhook.', {
  ENABLED: 'Events are sent.',
  DISABLED: 'Events are held back. Sending resumes at the same position when the webhook is enabled.',
});
export type WebhookState = keyof typeof WebhookState;

export const WebhookDeliveryState = defineEnum('WebhookDeliveryState', 'State of a delivery.', {
  PENDING: 'Waiting for its turn or for the next attempt.',
  DELIVERED: 'Accepted by the receiver with a status from 200 to 299.',
  FAILED: 'Given up after the last attempt. `redeliver` repeats it.',
  WITHHELD:
    'Not sent: the account can no longer see the object of the event, or the event is no longer stored.',
});
export type WebhookDeliveryState = keyof typeof WebhookDeliveryState;

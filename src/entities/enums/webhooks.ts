import { defineEnum } from './define-enum';

export const WebhookState = defineEnum('WebhookState', 'Whether the events of a webhook are posted.', {
  ENABLED: 'They are.',
  DISABLED: 'They wait: when it is enabled again it goes on where it was.',
});
export type WebhookState = keyof typeof WebhookState;

export const WebhookDeliveryState = defineEnum('WebhookDeliveryState', 'What became of a delivery.', {
  PENDING: 'Waits for its turn, or for the next attempt.',
  DELIVERED: 'The receiver took it: it answered with a status from 200 to 299.',
  FAILED: 'Given up; `redeliver` tries it anew.',
  WITHHELD: 'Not sent: the account may no longer see what it is about, or the event is no longer kept.',
});
export type WebhookDeliveryState = keyof typeof WebhookDeliveryState;

import { registerEnum } from './register-enum';

export enum WebhookState {
  ENABLED = 'ENABLED',
  DISABLED = 'DISABLED',
}
registerEnum('WebhookState', WebhookState, 'Whether the events of a webhook are posted.', {
  ENABLED: 'They are.',
  DISABLED: 'They wait: when it is enabled again it goes on where it was.',
});

export enum WebhookDeliveryState {
  PENDING = 'PENDING',
  DELIVERED = 'DELIVERED',
  FAILED = 'FAILED',
  WITHHELD = 'WITHHELD',
}
registerEnum('WebhookDeliveryState', WebhookDeliveryState, 'What became of a delivery.', {
  PENDING: 'Waits for its turn, or for the next attempt.',
  DELIVERED: 'The receiver took it: it answered with a status from 200 to 299.',
  FAILED: 'Given up; `redeliver` tries it anew.',
  WITHHELD: 'Not sent: the account may no longer see what it is about, or the event is no longer kept.',
});

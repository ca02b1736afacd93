export { type AddressRules, urlProblem } from './addresses';
export { newWebhookCounters, type WebhookCounters } from './counters';
export { Dispatcher } from './dispatcher';
export { disableWebhook, enableWebhook } from './enable-disable';
export {
  DISTRIBUTOR_EVENTS,
  eventTypesOf,
  isEventType,
  PUBLISHED_EVENT_TYPES,
  PUBLISHED_EVENTS,
} from './event-types';
export { adoptOrphan, disableWebhooksOf } from './owner';
export { requeue } from './queue';
export { removeOldDeliveries } from './retention';
export { newWebhookSecret, SecretBox } from './secrets';
export { createWebhookSender } from './sender';
export { createDeliveryWorker, type DeliveryTuning } from './worker';

import { CloudSubscription, CloudSubscriptionSnapshot, CloudSubscriptionUpdate } from '../../entities';
import { requestError } from '../../errors';
import { findUnfinishedSubscriptions, findVisible } from '../../store';
import { PUBLISHED_EVENT_TYPES } from '../../webhooks';
import { isGiven } from '../input';
import type { LogStream } from './log-stream';

/** Published types only: `subscription.differs` is for the audit trail. */
const TYPES = new Set(
  PUBLISHED_EVENT_TYPES.filter(type => /^(subscription|cancellation|change)\./.test(type)),
);

/** Stream of `subscriptionUpdates`. */
export const subscriptionStream: LogStream = {
  name: 'subscription',
  filters: ['subscriptionId'],
  includes: type => TYPES.has(type),
  async snapshot({ db, actor }, { subscriptionId }) {
    const one = isGiven(subscriptionId)
      ? await findVisible(db, actor, CloudSubscription, subscriptionId)
      : undefined;
    const { rows, truncated } = isGiven(subscriptionId)
      ? { rows: one ? [one] : [], truncated: false }
      : await findUnfinishedSubscriptions(db, actor);
    return Object.assign(new CloudSubscriptionSnapshot(), { subscriptions: rows, truncated });
  },
  async update({ db, actor }, { subscriptionId, type, occurredAt }) {
    const subscription = await findVisible(db, actor, CloudSubscription, subscriptionId ?? '');
    return subscription
      ? Object.assign(new CloudSubscriptionUpdate(), { type, occurredAt, subscription })
      : null;
  },
  async checkFilter({ db, actor }, { subscriptionId }) {
    if (!isGiven(subscriptionId) || (await findVisible(db, actor, CloudSubscription, subscriptionId))) return;
    throw requestError('NOT_FOUND', 'This subscription does not exist, or you cannot see it.');
  },
};

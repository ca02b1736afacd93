import type { Session } from '../../database';
import {
  Account,
  CancellationRequest,
  CloudSubscription,
  type Notification,
  SubscriptionChange,
} from '../../entities';
import { type Decidable, type DecidableEntity, readById } from '../../store';
import type { Facts } from '../templates';

/** Kind of record that a party decides on, as mails name it. */
export interface DecidableKind {
  subject: Facts['request-opened']['subject'];
  entity: DecidableEntity;
  /** Notification with which deciders turn its mails off. */
  notification: Notification;
}

/** Records that a party decides on. */
export const decidables = [
  { subject: 'cancellation', entity: CancellationRequest, notification: 'CANCELLATION_REQUESTED' },
  { subject: 'change', entity: SubscriptionChange, notification: 'CHANGE_REQUESTED' },
] as const satisfies readonly DecidableKind[];

/** Facts of a record that waits for a decision. */
export async function decidableFacts(
  session: Session,
  { subject }: DecidableKind,
  { id, subscriptionId, accountId, reason }: Decidable,
): Promise<Facts['request-opened']> {
  const { friendlyName } = await readById(session, CloudSubscription, subscriptionId);
  const { name } = await readById(session, Account, accountId);
  return { subject, requestId: id, subscription: friendlyName, account: name, reason };
}

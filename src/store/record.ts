import { currentTime } from '../clock';
import type { Transaction } from '../database';
import { DomainEvent } from '../entities';

/** Type of an event. The prefix names the record that changed. */
export type EventType =
  | `order.${'placed' | 'executing' | 'completed' | 'failed' | 'cancelled'}`
  | `subscription.${'created' | 'activated' | 'renamed' | 'ending' | 'kept' | 'cancelled' | 'differs'}`
  | `operation.${'created' | 'changed'}`
  | 'step.changed'
  | `cancellation.${'requested' | 'accepted' | 'rejected' | 'withdrawn' | 'completed'}`
  | `catalog.${'changed' | 'imported'}`
  | 'provider.reconciled'
  | 'basket.changed'
  | `user.${'created' | 'changed' | 'signed-in' | 'signed-out'}`
  | `account.${'created' | 'changed'}`
  | `key.${'created' | 'revoked'}`
  | `webhook.${'created' | 'changed' | 'disabled' | 'deleted' | 'test' | 'reset'}`;

/** Event to record. Omitted references are null. */
export type NewEvent = { type: EventType; message: string } & Partial<
  Pick<
    DomainEvent,
    | 'userId'
    | 'accountId'
    | 'resellerId'
    | 'orderId'
    | 'subscriptionId'
    | 'operationId'
    | 'requestId'
    | 'data'
  >
>;

const pending = new WeakMap<Transaction, Partial<DomainEvent>[]>();

/** Records `event` in the transaction of its change. All events of a transaction are inserted in one statement. */
export function record(tx: Transaction, event: NewEvent): void {
  let rows = pending.get(tx);
  if (!rows) {
    const fresh: Partial<DomainEvent>[] = [];
    rows = fresh;
    pending.set(tx, fresh);
    tx.touched.add('events');
    tx.beforeCommit(() => tx.insert(DomainEvent, fresh));
  }
  rows.push({ data: {}, ...event, occurredAt: currentTime() });
}

import { columns, type Session } from '../database';
import {
  CancellationRequest,
  Charge,
  DomainEvent,
  isId,
  ProvisioningOperation,
  SubscriptionChange,
} from '../entities';
import type { EventType } from './record';
import { findById } from './rows';
import type { Where } from './where';

const e = columns(DomainEvent, 't');

/** Indexed columns of events, by the prefix of the ids in them. */
const COLUMNS: Readonly<Record<string, string>> = {
  acc: e.accountId,
  ord: e.orderId,
  sub: e.subscriptionId,
  usr: e.userId,
};

/** Objects of one subscription, by the prefix of their ids. The index of their subscription finds their events. */
const PARTS = {
  can: CancellationRequest,
  chg: SubscriptionChange,
  chr: Charge,
  op: ProvisioningOperation,
} as const;

/** Columns with the ids of such objects. The data of an event has the id of a charge. */
const PART_COLUMNS: Readonly<Record<string, string>> = {
  can: e.requestId,
  chg: e.changeId,
  op: e.operationId,
};

const CATALOG: readonly EventType[] = ['catalog.changed'];
const ITEM: readonly EventType[] = ['catalog.changed', 'retail.changed'];
const WEBHOOK: readonly EventType[] = [
  'webhook.created',
  'webhook.changed',
  'webhook.disabled',
  'webhook.deleted',
  'webhook.test',
  'webhook.reset',
];

/** Types of events that name an object in their data, by the prefix of its id. The index of the types finds them. */
const TYPES: Readonly<Record<string, readonly EventType[]>> = {
  add: ITEM,
  cat: CATALOG,
  dlv: ['webhook.changed'],
  hook: WEBHOOK,
  imp: ['catalog.changed', 'catalog.imported'],
  inv: ['invitation.sent', 'invitation.revoked', 'invitation.accepted', 'user.created'],
  key: ['key.created', 'key.revoked'],
  mail: ['mail.resent'],
  pl: CATALOG,
  prod: ITEM,
  ses: ['user.changed'],
  svc: CATALOG,
};

const prefixOf = (id: string): string => id.slice(0, id.lastIndexOf('_'));

const isPart = (prefix: string): prefix is keyof typeof PARTS => Object.hasOwn(PARTS, prefix);

/** Whether objects with such an id have events. */
export function hasAuditEntries(id: string): boolean {
  const prefix = prefixOf(id);
  return isId(id) && (isPart(prefix) || [COLUMNS, TYPES].some(table => Object.hasOwn(table, prefix)));
}

/** Adds the condition that an event concerns an object. Throws for an id of an object without events. */
export async function whereConcerns(session: Session, where: Where, id: string): Promise<Where> {
  const prefix = prefixOf(id);
  if (!hasAuditEntries(id)) throw new Error(`${id} has no events`);
  const column = COLUMNS[prefix];
  if (column) return where.is(column, id);
  if (!isPart(prefix)) return namedInData(where.in(e.type, TYPES[prefix]), id);
  const part = await findById<{ id: string; subscriptionId: string }>(session, PARTS[prefix], id);
  if (!part) return where.and('FALSE');
  where.is(e.subscriptionId, part.subscriptionId);
  const own = PART_COLUMNS[prefix];
  return own ? where.and(`${own} = ?`, id) : namedInData(where, id);
}

/** Adds the condition that a value in the data of an event is the id. `_` in an id is no wildcard. */
const namedInData = (where: Where, id: string): Where =>
  where.and(`JSON_SEARCH(${e.data}, 'one', ?) IS NOT NULL`, id.replaceAll('_', '\\_'));

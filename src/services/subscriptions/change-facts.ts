import { listTariff } from '../../catalog';
import type { Session } from '../../database';
import { Account, type ChangeKind } from '../../entities';
import { simple, type UserError } from '../../errors';
import { completeLots } from '../../ledger';
import { findBuyer, findHeldAddons, findLots, readById } from '../../store';
import type { ActorContext } from '../context';
import { readRetailTariff } from '../ordering/retail';
import type { SubscriptionActivity } from './activity';
import type { ChangeFacts } from './wanted-change';

/** Facts of a change, with the accounts that it needs to be active. */
export interface ReadChangeFacts extends ChangeFacts {
  owner: Account;
  buyer: Account;
}

/** Reads what a change is planned from. Current only while the subscription is locked. */
export async function readChangeFacts(
  { catalog, clock }: Pick<ActorContext, 'catalog' | 'clock'>,
  session: Session,
  { subscription, operations }: Pick<SubscriptionActivity, 'subscription' | 'operations'>,
): Promise<ReadChangeFacts> {
  const snapshot = await catalog.snapshotFor(session);
  const owner = await readById(session, Account, subscription.accountId);
  const buyer = await findBuyer(session, owner);
  return {
    subscription,
    owner,
    buyer,
    held: await findHeldAddons(session, subscription.id),
    lots: completeLots(subscription, operations, await findLots(session, subscription.id)),
    catalog: snapshot,
    tariff: listTariff(snapshot, snapshot.priceList(buyer.priceListId)),
    retail: await readRetailTariff(session, snapshot, owner.resellerId),
    now: clock(),
  };
}

const GROWING: readonly ChangeKind[] = ['ADD_ADDONS', 'UPGRADE'];

/** INVALID_STATE error of a change that brings more to a deactivated account, or to one whose reseller is deactivated. */
export function inactiveOwnerErrors(
  { owner, buyer }: ReadChangeFacts,
  kinds: readonly ChangeKind[],
): UserError[] {
  const inactive = [owner, buyer].find(({ active }) => !active);
  if (!inactive || !kinds.some(kind => GROWING.includes(kind))) return [];
  return [
    simple('INVALID_STATE', `${inactive.name} is deactivated, so nothing can be added.`, ['subscriptionId']),
  ];
}

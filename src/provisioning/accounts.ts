import type { Session, Transaction } from '../database';
import { type Account, type ProvisioningOperation, ServiceAccount, SyncState } from '../entities';

/** What became of the wish to synchronize an account. */
export type Hold = 'known' | 'held' | 'elsewhere';

/** What the provider of `serviceId` knows of `accountId`. */
export function serviceAccount(
  session: Session,
  accountId: string,
  serviceId: string,
): Promise<ServiceAccount | undefined> {
  return session.one(ServiceAccount, 'WHERE t.accountId = ? AND t.serviceId = ?', [accountId, serviceId]);
}

/**
 * Takes an account in hand for `operationId`, so that two operations never write one account at the provider at once:
 * `known` when it was synchronized before, `elsewhere` while another operation has it. The hold is the operation's and
 * not a worker's: whoever takes a dead worker's operation over has it, and an operation that stops gives it back.
 */
export async function holdAccount(
  tx: Transaction,
  account: Account,
  serviceId: string,
  operationId: string,
): Promise<Hold> {
  await tx.execute(
    `INSERT IGNORE INTO service_accounts (accountId, serviceId, state) VALUES (?, ?, '${SyncState.UNSYNCED}')`,
    [account.id, serviceId],
  );
  const taken = await tx.execute(
    `UPDATE service_accounts SET heldBy = ?, state = '${SyncState.PENDING}', error = NULL
     WHERE accountId = ? AND serviceId = ? AND state <> '${SyncState.SYNCED}' AND (heldBy IS NULL OR heldBy = ?)`,
    [operationId, account.id, serviceId, operationId],
  );
  if (taken === 1) return 'held';
  const row = await serviceAccount(tx, account.id, serviceId);
  return row?.state === SyncState.SYNCED ? 'known' : 'elsewhere';
}

/** The provider knows the account, which `operationId` has in hand, by `externalId`. */
export async function accountSynchronized(
  tx: Transaction,
  account: Account,
  serviceId: string,
  operationId: string,
  externalId: string,
): Promise<void> {
  await tx.update(
    ServiceAccount,
    { state: SyncState.SYNCED, externalId, error: null, syncedAt: new Date(), heldBy: null },
    't.accountId = ? AND t.serviceId = ? AND t.heldBy = ?',
    [account.id, serviceId, operationId],
  );
}

/** The operation gives up what it has in hand: another may try. It holds none but its own recipient and reseller. */
export async function releaseAccounts(
  tx: Transaction,
  { id, accountId, resellerId }: ProvisioningOperation,
  error: string,
): Promise<void> {
  await tx.update(
    ServiceAccount,
    { state: SyncState.FAILED, error, heldBy: null },
    't.accountId IN (?, ?) AND t.heldBy = ?',
    [accountId, resellerId ?? accountId, id],
  );
}

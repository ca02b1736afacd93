import { currentTime } from '../clock';
import type { Transaction } from '../database';
import {
  type Account,
  type OperationStep,
  type ProvisioningOperation,
  ServiceAccount,
  SyncState,
} from '../entities';
import { moveAll } from '../store';
import type { Job } from './job';

/** What became of the wish to synchronize an account. */
export type Hold = 'known' | 'held' | 'elsewhere';

/**
 * Takes an account in hand for the operation, so that two operations never write one account at the provider at once:
 * `known` when it was synchronized before, `elsewhere` while another operation has it. The hold is the operation's and
 * not a worker's: whoever takes a dead worker's operation over has it, and an operation that stops gives it back.
 */
export async function holdAccount(
  tx: Transaction,
  { operation, service, externalIds }: Job,
  { id }: Account,
): Promise<Hold> {
  // What a provider knows once, it knows for good.
  if (externalIds.has(id)) return 'known';
  const isNew = await tx.execute(
    `INSERT IGNORE INTO service_accounts (accountId, serviceId, state, heldBy) VALUES (?, ?, '${SyncState.PENDING}', ?)`,
    [id, service.id, operation.id],
  );
  if (isNew === 1) return 'held';
  const taken = await moveAll(
    tx,
    ServiceAccount,
    { state: SyncState.PENDING, heldBy: operation.id, error: null, errorCode: null },
    't.accountId = ? AND t.serviceId = ? AND t.externalId IS NULL AND t.heldBy IS NULL',
    [id, service.id],
  );
  if (taken === 1) return 'held';
  const row = await tx.one(ServiceAccount, 'WHERE t.accountId = ? AND t.serviceId = ?', [id, service.id]);
  if (row?.heldBy === operation.id) return 'held';
  if (row?.state !== SyncState.SYNCED || !row.externalId) return 'elsewhere';
  externalIds.set(id, row.externalId);
  return 'known';
}

/** The provider knows the account, which the operation has in hand, by `externalId`. */
export async function accountSynchronized(
  tx: Transaction,
  { operation, service, externalIds }: Job,
  { id }: Account,
  externalId: string,
): Promise<void> {
  const synced = await moveAll(
    tx,
    ServiceAccount,
    {
      state: SyncState.SYNCED,
      externalId,
      error: null,
      errorCode: null,
      syncedAt: currentTime(),
      heldBy: null,
    },
    't.accountId = ? AND t.serviceId = ? AND t.heldBy = ?',
    [id, service.id, operation.id],
  );
  if (synced === 0) throw new Error(`${operation.id} synchronized ${id} without holding it`);
  externalIds.set(id, externalId);
}

/** The fault that stopped a step. */
type StepError = Pick<OperationStep, 'errorCode'> & { errorMessage: string };

/** The operation gives up what it has in hand: another may try. It holds none but its own recipient and reseller. */
export async function releaseAccounts(
  tx: Transaction,
  { id, accountId, resellerId }: ProvisioningOperation,
  { errorCode, errorMessage: error }: StepError,
): Promise<void> {
  await moveAll(
    tx,
    ServiceAccount,
    { state: SyncState.FAILED, error, errorCode, heldBy: null },
    't.accountId IN (?, ?) AND t.heldBy = ?',
    [accountId, resellerId ?? accountId, id],
  );
}

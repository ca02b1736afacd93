import type { Transaction } from '../database';
import { type Account, type OperationStep, type ProvisioningOperation, SyncState } from '../entities';
import {
  claimServiceAccount,
  findServiceAccount,
  insertClaimedServiceAccount,
  releaseServiceAccounts,
  settleServiceAccount,
} from '../store';
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
  const key = { accountId: id, serviceId: service.id };
  if (await insertClaimedServiceAccount(tx, key, operation.id)) return 'held';
  if (await claimServiceAccount(tx, key, operation.id)) return 'held';
  const row = await findServiceAccount(tx, key);
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
  const key = { accountId: id, serviceId: service.id };
  if (!(await settleServiceAccount(tx, key, operation.id, externalId))) {
    throw new Error(`${operation.id} synchronized ${id} without holding it`);
  }
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
  await releaseServiceAccounts(tx, [accountId, resellerId ?? accountId], id, { error, errorCode });
}

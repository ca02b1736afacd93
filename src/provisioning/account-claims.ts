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

/** `synchronized` before, `claimed` by this operation, or `busy` while another operation has the claim. */
export type AccountClaim = 'synchronized' | 'claimed' | 'busy';

/**
 * Claims an account for the operation, so that two operations never write one account at the provider at once. The claim
 * belongs to the operation, not to a worker: it survives a crash of the worker, and `releaseAccounts` ends it.
 */
export async function claimAccount(
  tx: Transaction,
  { operation, service, externalIds }: Job,
  { id }: Account,
): Promise<AccountClaim> {
  // A provider never forgets an account.
  if (externalIds.has(id)) return 'synchronized';
  const key = { accountId: id, serviceId: service.id };
  if (await insertClaimedServiceAccount(tx, key, operation.id)) return 'claimed';
  if (await claimServiceAccount(tx, key, operation.id)) return 'claimed';
  const row = await findServiceAccount(tx, key);
  if (row?.heldBy === operation.id) return 'claimed';
  if (row?.state !== SyncState.SYNCED || !row.externalId) return 'busy';
  externalIds.set(id, row.externalId);
  return 'synchronized';
}

/** Writes the external id of an account that the operation has claimed. */
export async function recordSynchronizedAccount(
  tx: Transaction,
  { operation, service, externalIds }: Job,
  { id }: Account,
  externalId: string,
): Promise<void> {
  const key = { accountId: id, serviceId: service.id };
  if (!(await settleServiceAccount(tx, key, operation.id, externalId))) {
    throw new Error(`${operation.id} synchronized ${id} without a claim on it`);
  }
  externalIds.set(id, externalId);
}

/** Error that failed the step. */
type StepError = Pick<OperationStep, 'errorCode'> & { errorMessage: string };

/** Releases the accounts that the operation has claimed, so that other operations can synchronize them. */
export async function releaseAccounts(
  tx: Transaction,
  { id, accountId, resellerId }: ProvisioningOperation,
  { errorCode, errorMessage: error }: StepError,
): Promise<void> {
  await releaseServiceAccounts(tx, [accountId, resellerId ?? accountId], id, { error, errorCode });
}

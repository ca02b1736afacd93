import { currentTime } from '../clock';
import { columns, type Session, type Transaction } from '../database';
import { type Account, type ProvisioningErrorCode, ServiceAccount, SyncState, User } from '../entities';
import { transitionAll } from './transition';

const k = columns(ServiceAccount, 'k');
const t = columns(ServiceAccount, 't');
const own = columns(ServiceAccount);
const u = columns(User, 'u');

/** Key of a service account. */
type Key = Pick<ServiceAccount, 'accountId' | 'serviceId'>;

/** Record of an account at a service. */
export const findServiceAccount = ({ manager }: Session, { accountId, serviceId }: Key) =>
  manager.findOneBy(ServiceAccount, { accountId, serviceId });

/** Records of an account at every service. */
export const findServiceAccounts = ({ manager }: Session, accountId: string) =>
  manager.find(ServiceAccount, { where: { accountId } });

/** Inserts a service account, claimed by `operationId`. Resolves to false if it exists. */
export async function insertClaimedServiceAccount(
  tx: Transaction,
  { accountId, serviceId }: Key,
  operationId: string,
): Promise<boolean> {
  const inserted = await tx.execute(
    `INSERT IGNORE INTO ${own.table} (${own.accountId}, ${own.serviceId}, ${own.state}, ${own.heldBy})
     VALUES (?, ?, '${SyncState.PENDING}', ?)`,
    [accountId, serviceId, operationId],
  );
  return inserted === 1;
}

/** Claims a service account that is neither synchronized nor claimed. Resolves to whether it was claimed. */
export async function claimServiceAccount(
  tx: Transaction,
  { accountId, serviceId }: Key,
  operationId: string,
): Promise<boolean> {
  const claim = { state: SyncState.PENDING, heldBy: operationId, error: null, errorCode: null };
  const claimed = await transitionAll(tx, ServiceAccount, claim, {
    sql: `${t.accountId} = ? AND ${t.serviceId} = ? AND ${t.externalId} IS NULL AND ${t.heldBy} IS NULL`,
    values: [accountId, serviceId],
  });
  return claimed === 1;
}

/** Writes the provider's id and releases the claim. False if the operation does not hold it. */
export async function settleServiceAccount(
  tx: Transaction,
  { accountId, serviceId }: Key,
  operationId: string,
  externalId: string,
): Promise<boolean> {
  const synced = {
    state: SyncState.SYNCED,
    externalId,
    error: null,
    errorCode: null,
    syncedAt: currentTime(),
    heldBy: null,
  };
  const settled = await transitionAll(tx, ServiceAccount, synced, {
    sql: `${t.accountId} = ? AND ${t.serviceId} = ? AND ${t.heldBy} = ?`,
    values: [accountId, serviceId, operationId],
  });
  return settled > 0;
}

/** Releases the service accounts that the operation holds, with the error that failed it. */
export function releaseServiceAccounts(
  tx: Transaction,
  accountIds: readonly [string, string],
  operationId: string,
  { error, errorCode }: { error: string; errorCode: ProvisioningErrorCode | null },
): Promise<number> {
  return transitionAll(
    tx,
    ServiceAccount,
    { state: SyncState.FAILED, error, errorCode, heldBy: null },
    {
      sql: `${t.accountId} IN (?, ?) AND ${t.heldBy} = ?`,
      values: [...accountIds, operationId],
    },
  );
}

/** User with the provider's id of an account. Null if no provider knows the accounts. */
interface UserWithProviderId extends Pick<User, 'id' | 'name' | 'email'> {
  accountId: string | null;
  serviceId: string | null;
  externalId: string | null;
}

/** Finds a user, and the provider ids of an account and its reseller, in one statement. */
export const findProviderIds = (
  session: Session,
  { id, resellerId }: Pick<Account, 'id' | 'resellerId'>,
  userId: string,
): Promise<UserWithProviderId[]> =>
  session.rows<UserWithProviderId>(
    `SELECT ${u.id}, ${u.name}, ${u.email}, ${k.accountId}, ${k.serviceId}, ${k.externalId}
     FROM ${u.table} LEFT JOIN ${k.table} ON ${k.accountId} IN (?, ?) WHERE ${u.id} = ?`,
    [id, resellerId ?? '', userId],
  );

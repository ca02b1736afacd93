import { currentTime } from '../clock';
import { columns, type Session, type Transaction } from '../database';
import { type Account, type ProvisioningErrorCode, ServiceAccount, SyncState, User } from '../entities';
import { transitionAll } from './transition';

const k = columns(ServiceAccount, 'k');
const t = columns(ServiceAccount, 't');
const own = columns(ServiceAccount);
const u = columns(User, 'u');

/** An account at a service. */
type Key = Pick<ServiceAccount, 'accountId' | 'serviceId'>;

/** Record of an account at a service. */
export const findServiceAccount = ({ manager }: Session, { accountId, serviceId }: Key) =>
  manager.findOneBy(ServiceAccount, { accountId, serviceId });

/** Records of an account at every service. */
export const findServiceAccounts = ({ manager }: Session, accountId: string) =>
  manager.find(ServiceAccount, { where: { accountId } });

/** Records an account that no operation has held before, held by `operationId`. Resolves to false where it is recorded. */
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

/** Takes an account that is not synchronized and held by no operation. Resolves to whether it was taken. */
export async function claimServiceAccount(
  tx: Transaction,
  { accountId, serviceId }: Key,
  operationId: string,
): Promise<boolean> {
  const held = { state: SyncState.PENDING, heldBy: operationId, error: null, errorCode: null };
  const taken = await transitionAll(tx, ServiceAccount, held, {
    sql: `${t.accountId} = ? AND ${t.serviceId} = ? AND ${t.externalId} IS NULL AND ${t.heldBy} IS NULL`,
    values: [accountId, serviceId],
  });
  return taken === 1;
}

/** Records the provider's id of an account that the operation holds, and releases it. Resolves to false if it is not held. */
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

/** Releases the accounts, of these two, that the operation holds, with the error that stopped it. */
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

/** A user, with the provider's id of one of two accounts; null where no provider knows either. */
interface UserWithProviderId extends Pick<User, 'id' | 'name' | 'email'> {
  accountId: string | null;
  serviceId: string | null;
  externalId: string | null;
}

/** A user, and the ids that providers gave to an account and its reseller, in one statement. */
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

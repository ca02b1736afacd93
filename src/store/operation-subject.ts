import { columns, type Session } from '../database';
import {
  Account,
  CatalogVersion,
  CloudSubscription,
  Order,
  type ProvisioningOperation,
  ServiceAccount,
  SubscriptionChange,
  User,
} from '../entities';

const SUBJECT = {
  version: CatalogVersion,
  subscription: CloudSubscription,
  account: Account,
  known: ServiceAccount,
  reseller: Account,
  resellerKnown: ServiceAccount,
  requestedBy: User,
  origin: Order,
  // `change` is a reserved word.
  subscriptionChange: SubscriptionChange,
};

const version = columns(CatalogVersion, 'version');
const subscription = columns(CloudSubscription, 'subscription');
const account = columns(Account, 'account');
const known = columns(ServiceAccount, 'known');
const reseller = columns(Account, 'reseller');
const resellerKnown = columns(ServiceAccount, 'resellerKnown');
const requestedBy = columns(User, 'requestedBy');
const origin = columns(Order, 'origin');
const subscriptionChange = columns(SubscriptionChange, 'subscriptionChange');

/** Every row that an operation has one of. The reseller, the records of service accounts and the change may be missing. */
type Subject = { [Part in keyof typeof SUBJECT]: InstanceType<(typeof SUBJECT)[Part]> };
type Optional = 'reseller' | 'known' | 'resellerKnown' | 'subscriptionChange';
/** Records that an operation refers to, as they are read. */
export type OperationSubject = Omit<Subject, Optional> & { [Part in Optional]: Subject[Part] | null };

/** Reads the subject of an operation, with the version of the catalog, in one statement. */
export async function findOperationSubject(
  session: Session,
  { orderId, subscriptionId, requestedById, changeId }: ProvisioningOperation,
): Promise<OperationSubject | undefined> {
  const found = await session.joined(
    SUBJECT,
    `FROM ${subscription.table}
     JOIN ${version.table} ON ${version.id} = 1
     JOIN ${account.table} ON ${account.id} = ${subscription.accountId}
     LEFT JOIN ${known.table}
       ON ${known.accountId} = ${subscription.accountId} AND ${known.serviceId} = ${subscription.serviceId}
     LEFT JOIN ${reseller.table} ON ${reseller.id} = ${subscription.resellerId}
     LEFT JOIN ${resellerKnown.table}
       ON ${resellerKnown.accountId} = ${subscription.resellerId} AND ${resellerKnown.serviceId} = ${subscription.serviceId}
     JOIN ${requestedBy.table} ON ${requestedBy.id} = ?
     JOIN ${origin.table} ON ${origin.id} = COALESCE(?, ${subscription.orderId})
     LEFT JOIN ${subscriptionChange.table} ON ${subscriptionChange.id} = ?
     WHERE ${subscription.id} = ?`,
    [requestedById, orderId, changeId, subscriptionId],
  );
  return found as OperationSubject | undefined;
}

import type { Catalog, CatalogSnapshot } from '../catalog';
import type { Session } from '../database';
import {
  Account,
  CloudSubscription,
  CloudSubscriptionAddon,
  CloudSubscriptionState,
  OperationKind,
  OperationStep,
  type OrderSource,
  type Product,
  type ProvisioningOperation,
  type Service,
  type SubscriptionChange,
  User,
} from '../entities';
import { findHeldAddons, findOperationSubject, findSteps } from '../store';
import { findNamedAddons, isRepair } from './repairs';

/** A claimed operation with the data that its steps need. */
export interface Job {
  operation: ProvisioningOperation;
  steps: OperationStep[];
  subscription: CloudSubscription;
  service: Service;
  /** Product of the subscription; in a CHANGE, the one that it is to have. */
  product: Product;
  /** Change that the operation carries out, or undoes. */
  change: SubscriptionChange | null;
  account: Account;
  reseller: Account | null;
  /** External ids of the recipient and its reseller by account id. An account that is not synchronized yet has none. */
  externalIds: Map<string, string>;
  /** Add-ons of the subscription before the operation. */
  heldAddons: CloudSubscriptionAddon[];
  /** Add-ons that the provider may have instead, with a quantity. Empty unless the operation is a repair. */
  namedAddons: ReadonlyMap<string, number>;
  catalog: CatalogSnapshot;
  requestedBy: User;
  source: OrderSource;
  /** Lease of the claim, in milliseconds. Every write and renewal extends it. */
  leaseMs: number;
  /** Whether the provider keeps accounts, which are then synchronized before their subscriptions. */
  needsAccounts: boolean;
  /** Business time, for billing periods. */
  clock: () => Date;
}

/** Reads the data of an operation, with one statement for the single rows and one for each list. */
export async function loadJob(
  session: Session,
  catalog: Catalog,
  operation: ProvisioningOperation,
  { leaseMs, needsAccounts, clock }: Pick<Job, 'leaseMs' | 'needsAccounts' | 'clock'>,
): Promise<Job> {
  const { version, known, resellerKnown, origin, subscriptionChange, ...about } = await readSubject(
    session,
    operation,
  );
  const { subscription } = about;
  const snapshot = await catalog.snapshotAt(version.version, session);
  return {
    ...about,
    operation,
    leaseMs,
    needsAccounts,
    clock,
    externalIds: new Map(
      [known, resellerKnown].flatMap(row => (row?.externalId ? [[row.accountId, row.externalId]] : [])),
    ),
    steps: await findSteps(session, operation.id),
    heldAddons: await readHeldAddons(session, subscription),
    namedAddons: isRepair(operation) ? await findNamedAddons(session, subscription.id) : new Map(),
    catalog: snapshot,
    service: snapshot.service(subscription.serviceId),
    product: snapshot.product(productOf(operation, subscription, subscriptionChange)),
    source: origin.source,
    change: subscriptionChange,
  };
}

/** Copy of a job for the steps of a transaction, which may not be committed. */
export function draftOf(job: Job): Job {
  const subscription = Object.assign(new CloudSubscription(), job.subscription);
  return { ...job, subscription, externalIds: new Map(job.externalIds) };
}

/** Product that the provider is to have when the operation has succeeded. */
const productOf = (
  { kind }: ProvisioningOperation,
  { productId }: CloudSubscription,
  change: SubscriptionChange | null,
) => (kind === OperationKind.CHANGE && change ? change.after.productId : productId);

async function readSubject(session: Session, operation: ProvisioningOperation) {
  const found = await findOperationSubject(session, operation);
  if (!found) throw new Error(`The subject of ${operation.id} is missing`);
  return found;
}

/** Add-ons of a subscription. One that was never active has none, so no statement is sent. */
async function readHeldAddons(
  session: Session,
  { id, state }: CloudSubscription,
): Promise<CloudSubscriptionAddon[]> {
  if (state === CloudSubscriptionState.PENDING) return [];
  return findHeldAddons(session, id);
}

import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import {
  Account,
  CancellationRequest,
  CloudSubscription,
  type DomainEvent,
  nullable,
  Order,
  ProvisioningOperation,
  User,
} from '../entities';
import { findAuditEntries } from '../services/audit/find-audit-entries';
import { type Context, requireActor } from '../services/context';
import { AuditEntry, AuditFilter } from './types/audit';
import { AuditEntryConnection } from './types/connection';
import { PageArgs } from './types/page-args';

function toEntry(event: DomainEvent): AuditEntry {
  const { seq, type, occurredAt, message, orderId, subscriptionId, operationId, requestId, accountId } =
    event;
  // What is done to a user is recorded as the user's; who did it is beside it.
  const byId = typeof event.data.byId === 'string' ? event.data.byId : event.userId;
  const about = { orderId, subscriptionId, operationId, cancellationRequestId: requestId, accountId };
  return Object.assign(new AuditEntry(), { seq: seq ?? 0, type, occurredAt, message, byId, ...about });
}

@Resolver(() => AuditEntry)
export class AuditResolver {
  @Query(() => AuditEntryConnection, {
    description: 'Entries of the audit trail, newest first. Administrators only.',
  })
  async auditTrail(
    @Arg('filter', () => AuditFilter, nullable('Filter of the list.')) filter: AuditFilter | null,
    @Args() page: PageArgs,
    @Ctx() context: Context,
  ) {
    const found = await findAuditEntries(requireActor(context), { ...filter, ...page });
    return AuditEntryConnection.of({ ...found, nodes: found.nodes.map(toEntry) });
  }

  @FieldResolver(() => User, nullable('User who made the change. Null if the system made it.'))
  by(@Root() { byId }: AuditEntry, @Ctx() { load }: Context): Promise<User | null> | null {
    return byId === null ? null : load.user.load(byId);
  }

  @FieldResolver(() => Order, nullable('Order that the change concerns. Null if it concerns none.'))
  order(@Root() { orderId }: AuditEntry, @Ctx() { load }: Context): Promise<Order | null> | null {
    return orderId === null ? null : load.visible.order.load(orderId);
  }

  @FieldResolver(
    () => CloudSubscription,
    nullable('Subscription that the change concerns. Null if it concerns none.'),
  )
  subscription(@Root() { subscriptionId }: AuditEntry, @Ctx() { load }: Context) {
    return subscriptionId === null ? null : load.visible.subscription.load(subscriptionId);
  }

  @FieldResolver(
    () => ProvisioningOperation,
    nullable('Operation that the change concerns. Null if it concerns none.'),
  )
  operation(@Root() { operationId }: AuditEntry, @Ctx() { load }: Context) {
    return operationId === null ? null : load.visible.operation.load(operationId);
  }

  @FieldResolver(
    () => CancellationRequest,
    nullable('Cancellation request that the change concerns. Null if it concerns none.'),
  )
  cancellationRequest(@Root() { cancellationRequestId }: AuditEntry, @Ctx() { load }: Context) {
    return cancellationRequestId === null ? null : load.visible.request.load(cancellationRequestId);
  }

  @FieldResolver(() => Account, nullable('Account that the change concerns. Null if it concerns none.'))
  account(@Root() { accountId }: AuditEntry, @Ctx() { load }: Context): Promise<Account | null> | null {
    return accountId === null ? null : load.visible.account.load(accountId);
  }
}

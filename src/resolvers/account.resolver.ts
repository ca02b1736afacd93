import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Account, nullable, Service, ServiceAccount, User } from '../entities';
import { type Context, requireActor } from '../services/context';
import { findAccountsPage, ORDERS_OF_ACCOUNT, SUBSCRIPTIONS_OF_ACCOUNT, USERS_OF_ACCOUNT } from '../store';
import { loadVisible } from './load-visible';
import { ownedPages } from './owned-page';
import {
  AccountConnection,
  CloudSubscriptionConnection,
  OrderConnection,
  UserConnection,
} from './types/connection';
import { AccountFilter, AccountSort, CloudSubscriptionFilter, OrderFilter } from './types/inputs';
import { PageArgs } from './types/page-args';

const subscriptionsOf = ownedPages(SUBSCRIPTIONS_OF_ACCOUNT);
const ordersOf = ownedPages(ORDERS_OF_ACCOUNT);
const usersOf = ownedPages(USERS_OF_ACCOUNT);

@Resolver(() => Account)
export class AccountResolver {
  @Query(() => AccountConnection, {
    description: 'Accounts that the viewer can order for or manages, by name.',
  })
  async accounts(
    @Arg('filter', () => AccountFilter, nullable('Filter of the list.')) filter: AccountFilter | null,
    @Arg('sort', () => AccountSort, nullable('Sort order. Defaults to NAME, ascending.'))
    sort: AccountSort | null,
    @Args() page: PageArgs,
    @Ctx() context: Context,
  ) {
    const { db, actor } = requireActor(context);
    return AccountConnection.of(await findAccountsPage(db, actor, filter ?? {}, { ...page, sort }));
  }

  @Query(() => Account, nullable('The account with an id. Null if there is none that the viewer can see.'))
  account(
    @Arg('id', () => ID, { description: 'Id of the account.' }) id: string,
    @Ctx() context: Context,
  ): Promise<Account | null> {
    return loadVisible(requireActor(context), Account, id);
  }

  @FieldResolver(
    () => Account,
    nullable('Reseller of an end customer or affiliate. Null for other accounts.'),
  )
  reseller(@Root() account: Account, @Ctx() { load }: Context): Promise<Account | null> | null {
    return account.resellerId === null ? null : load.visible.account.load(account.resellerId);
  }

  @FieldResolver(() => User, nullable('Account manager, a member of BSS staff.'))
  accountManager(@Root() account: Account, @Ctx() { load }: Context): Promise<User | null> | null {
    return account.accountManagerId === null ? null : load.user.load(account.accountManagerId);
  }

  @FieldResolver(() => [ServiceAccount], {
    description: 'Records of the account at the providers of services.',
  })
  serviceAccounts(@Root() account: Account, @Ctx() { load }: Context): Promise<ServiceAccount[]> {
    return load.serviceAccounts.load(account.id);
  }

  @FieldResolver(() => CloudSubscriptionConnection, {
    description: 'Subscriptions of the account, newest first.',
  })
  async subscriptions(
    @Root() account: Account,
    @Arg('filter', () => CloudSubscriptionFilter, nullable('Filter of the list.'))
    filter: CloudSubscriptionFilter | null,
    @Args() page: PageArgs,
    @Ctx() context: Context,
  ) {
    return CloudSubscriptionConnection.of(
      await subscriptionsOf(requireActor(context), account.id, filter ?? {}, page),
    );
  }

  @FieldResolver(() => OrderConnection, { description: 'Orders for the account, newest first.' })
  async orders(
    @Root() account: Account,
    @Arg('filter', () => OrderFilter, nullable('Filter of the list.')) filter: OrderFilter | null,
    @Args() page: PageArgs,
    @Ctx() context: Context,
  ) {
    return OrderConnection.of(await ordersOf(requireActor(context), account.id, filter ?? {}, page));
  }

  @FieldResolver(() => UserConnection, {
    description: 'Users of the account that the viewer can see, by name.',
  })
  async users(@Root() account: Account, @Args() page: PageArgs, @Ctx() context: Context) {
    return UserConnection.of(await usersOf(requireActor(context), account.id, {}, page));
  }
}

@Resolver(() => ServiceAccount)
export class ServiceAccountResolver {
  @FieldResolver(() => Service, { description: 'Service that the record belongs to.' })
  service(@Root() { serviceId }: ServiceAccount, @Ctx() { catalog }: Context): Service {
    return catalog.current.service(serviceId);
  }
}

import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Account, AccountKind, nullable, Service, ServiceAccount, User } from '../entities';
import { type Context, requireActor } from '../services/context';
import { isGiven } from '../services/input';
import { type FirstPage, firstPages } from '../services/lists/subscriptions-by-account';
import { findAccountsPage, findSubscriptionsPage } from '../store';
import { batchPerContext } from './per-context';
import { AccountConnection, CloudSubscriptionConnection } from './types/connection';
import { AccountFilter, CloudSubscriptionFilter } from './types/inputs';
import { PageArgs, SearchArgs } from './types/page-args';

@Resolver(() => Account)
export class AccountResolver {
  @Query(() => AccountConnection, {
    description: 'Accounts that the viewer can order for or manages, by name.',
  })
  async accounts(
    @Args() args: SearchArgs,
    @Arg('kind', () => AccountKind, nullable('Kind to filter by.')) kind: AccountKind | null,
    @Arg(
      'active',
      () => Boolean,
      nullable('True for active accounts, false for deactivated accounts. Defaults to both.'),
    )
    active: boolean | null,
    @Arg('filter', () => AccountFilter, nullable('Filter of the list.')) filter: AccountFilter | null,
    @Ctx() context: Context,
  ) {
    const { db, actor } = requireActor(context);
    const search = { ...filter, search: args.search, kind, active };
    return AccountConnection.of(await findAccountsPage(db, actor, search, args));
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
    const caller = requireActor(context);
    const accountId = (filter?.accountId ?? account.id) === account.id ? account.id : '';
    const wanted = { ...filter, accountId };
    // Further pages are asked for one account at a time; the first ones may be asked for a whole list of accounts.
    return CloudSubscriptionConnection.of(
      isGiven(page.after)
        ? await findSubscriptionsPage(caller.db, caller.actor, wanted, page)
        : await firstPageOf(caller, { accountId, filter: filter ?? {}, first: page.first ?? null }),
    );
  }
}

const firstPageOf = batchPerContext(
  (context, pages: readonly FirstPage[]) => firstPages(context, pages),
  page => JSON.stringify(page),
);

@Resolver(() => ServiceAccount)
export class ServiceAccountResolver {
  @FieldResolver(() => Service, { description: 'Service that the record belongs to.' })
  service(@Root() { serviceId }: ServiceAccount, @Ctx() { catalog }: Context): Service {
    return catalog.current.service(serviceId);
  }
}

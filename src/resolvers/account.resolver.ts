import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Account, AccountKind, nullable, Service, ServiceAccount, User } from '../entities';
import { type Context, requireActor } from '../services/context';
import { isGiven } from '../services/input';
import { firstPages } from '../services/lists/subscriptions-by-account';
import { findAccountsPage, findSubscriptionsPage } from '../store';
import { batchPerContext } from './per-context';
import { AccountConnection, CloudSubscriptionConnection } from './types/connection';
import { AccountFilter, CloudSubscriptionFilter } from './types/inputs';
import { PageArgs, SearchArgs } from './types/page-args';

@Resolver(() => Account)
export class AccountResolver {
  @Query(() => AccountConnection, {
    description: 'The accounts that the viewer may order for or look after, by name.',
  })
  async accounts(
    @Args() args: SearchArgs,
    @Arg('kind', () => AccountKind, nullable('Only this kind.')) kind: AccountKind | null,
    @Arg('active', () => Boolean, nullable('Only those that are active, or only those that are deactivated.'))
    active: boolean | null,
    @Arg('filter', () => AccountFilter, nullable('Which accounts.')) filter: AccountFilter | null,
    @Ctx() context: Context,
  ) {
    const { db, actor } = requireActor(context);
    const search = { ...filter, search: args.search, kind, active };
    return AccountConnection.of(await findAccountsPage(db, actor, search, args));
  }

  @FieldResolver(() => Account, nullable('Whose end customer or affiliate it is.'))
  reseller(@Root() account: Account, @Ctx() { load }: Context): Promise<Account | null> | null {
    return account.resellerId === null ? null : load.visible.account.load(account.resellerId);
  }

  @FieldResolver(() => User, nullable('The BSS user who looks after it.'))
  accountManager(@Root() account: Account, @Ctx() { load }: Context): Promise<User | null> | null {
    return account.accountManagerId === null ? null : load.user.load(account.accountManagerId);
  }

  @FieldResolver(() => [ServiceAccount], { description: "What services' providers know of it." })
  serviceAccounts(@Root() account: Account, @Ctx() { load }: Context): Promise<ServiceAccount[]> {
    return load.serviceAccounts.load(account.id);
  }

  @FieldResolver(() => CloudSubscriptionConnection, { description: 'Its subscriptions, newest first.' })
  async subscriptions(
    @Root() account: Account,
    @Arg('filter', () => CloudSubscriptionFilter, nullable('Which of them.'))
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

interface FirstPage {
  accountId: string;
  filter: CloudSubscriptionFilter;
  first: number | null;
}

const firstPageOf = batchPerContext(
  (context, pages: readonly FirstPage[]) => firstPages(context, pages),
  page => JSON.stringify(page),
);

@Resolver(() => ServiceAccount)
export class ServiceAccountResolver {
  @FieldResolver(() => Service, { description: 'The service.' })
  service(@Root() { serviceId }: ServiceAccount, @Ctx() { catalog }: Context): Service {
    return catalog.current.service(serviceId);
  }
}

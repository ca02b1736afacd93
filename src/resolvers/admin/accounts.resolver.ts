import { Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Account, PriceList } from '../../entities';
import { isAdministrator } from '../../policies';
import { assignAccountManager, assignPriceList } from '../../services/administration/accounts/assign';
import { createAccount } from '../../services/administration/accounts/create-account';
import {
  activateAccount,
  deactivateAccount,
} from '../../services/administration/accounts/deactivate-account';
import { updateAccount } from '../../services/administration/accounts/update-account';
import { type Context } from '../../services/context';
import { Input } from '../types/fields';
import {
  AccountInput,
  AccountPayload,
  AssignAccountManagerInput,
  AssignPriceListInput,
  CreateAccountInput,
  UpdateAccountInput,
} from './types/account';

const changed = AccountPayload.byId(({ load }, id) => load.visible.account.load(id));

@Resolver(() => Account)
export class AccountAdministrationResolver {
  @Mutation(() => AccountPayload, {
    description:
      'Makes a reseller, a direct customer, or an end customer or affiliate of a reseller. For administrators.',
  })
  createAccount(@Input() input: CreateAccountInput, @Ctx() context: Context) {
    return changed(context, caller => createAccount(caller, input));
  }

  @Mutation(() => AccountPayload, {
    description:
      'Changes the details of an account; orders that were placed keep theirs. For administrators.',
  })
  updateAccount(@Input() input: UpdateAccountInput, @Ctx() context: Context) {
    return changed(context, caller => updateAccount(caller, input));
  }

  @Mutation(() => AccountPayload, {
    description:
      'Shuts an account: its users are out, nothing is ordered for it; what it has goes on. For administrators.',
  })
  deactivateAccount(@Input() input: AccountInput, @Ctx() context: Context) {
    return changed(context, caller => deactivateAccount(caller, input));
  }

  @Mutation(() => AccountPayload, { description: 'Opens an account again. For administrators.' })
  activateAccount(@Input() input: AccountInput, @Ctx() context: Context) {
    return changed(context, caller => activateAccount(caller, input));
  }

  @Mutation(() => AccountPayload, {
    description: 'Gives an account into the care of another account manager, or of none. For administrators.',
  })
  assignAccountManager(@Input() input: AssignAccountManagerInput, @Ctx() context: Context) {
    return changed(context, caller => assignAccountManager(caller, input));
  }

  @Mutation(() => AccountPayload, {
    description:
      'Gives an account the prices of another list; what it has ordered keeps its prices. For administrators.',
  })
  assignPriceList(@Input() input: AssignPriceListInput, @Ctx() context: Context) {
    return changed(context, caller => assignPriceList(caller, input));
  }

  @FieldResolver(() => PriceList, {
    nullable: true,
    description:
      "What it orders at; its reseller's counts where it has one. Null for all but administrators.",
  })
  priceList(@Root() { priceListId }: Account, @Ctx() { actor, catalog }: Context): PriceList | null {
    return isAdministrator(actor) ? catalog.current.priceList(priceListId) : null;
  }
}

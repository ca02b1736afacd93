import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
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
import { changedObject, loadedPayload, PayloadMutation } from '../types/payloads';
import {
  ActivateAccountInput,
  AssignAccountManagerInput,
  AssignPriceListInput,
  CreateAccountInput,
  DeactivateAccountInput,
  UpdateAccountInput,
} from './types/account';

const ACCOUNT = { account: changedObject(Account) };

const changed = loadedPayload('account', ({ load }, id) => load.visible.account.load(id));

@Resolver(() => Account)
export class AccountAdministrationResolver {
  @PayloadMutation(
    ACCOUNT,
    'Creates a reseller, a direct customer, or an end customer or affiliate of a reseller. Administrators create every account; account managers create customers and affiliates in their care; resellers create customers and affiliates under themselves. Fails with EMAIL_UNAVAILABLE if the e-mail address cannot be used.',
  )
  createAccount(@Input() input: CreateAccountInput, @Ctx() context: Context) {
    return changed(context, caller => createAccount(caller, input));
  }

  @PayloadMutation(
    ACCOUNT,
    'Updates the details of an account. Existing orders keep theirs. Administrators, account managers for the accounts in their care, and resellers for the accounts under themselves. Fails with EMAIL_UNAVAILABLE if the e-mail address cannot be used.',
  )
  updateAccount(@Input() input: UpdateAccountInput, @Ctx() context: Context) {
    return changed(context, caller => updateAccount(caller, input));
  }

  @PayloadMutation(
    ACCOUNT,
    'Deactivates an account: ends the sessions of its users and blocks orders for it. Its subscriptions continue. Administrators only.',
  )
  deactivateAccount(@Input() input: DeactivateAccountInput, @Ctx() context: Context) {
    return changed(context, caller => deactivateAccount(caller, input));
  }

  @PayloadMutation(ACCOUNT, 'Activates a deactivated account. Administrators only.')
  activateAccount(@Input() input: ActivateAccountInput, @Ctx() context: Context) {
    return changed(context, caller => activateAccount(caller, input));
  }

  @PayloadMutation(
    ACCOUNT,
    'Assigns an account manager to an account, or removes the assignment. Administrators only.',
  )
  assignAccountManager(@Input() input: AssignAccountManagerInput, @Ctx() context: Context) {
    return changed(context, caller => assignAccountManager(caller, input));
  }

  @PayloadMutation(
    ACCOUNT,
    'Assigns a price list to an account. Existing orders and subscriptions keep their prices. Administrators only.',
  )
  assignPriceList(@Input() input: AssignPriceListInput, @Ctx() context: Context) {
    return changed(context, caller => assignPriceList(caller, input));
  }

  @FieldResolver(() => PriceList, {
    nullable: true,
    description:
      'Price list of the account. If the account has a reseller, orders use the price list of the reseller instead. Null unless the viewer is an administrator.',
  })
  priceList(@Root() { priceListId }: Account, @Ctx() { actor, catalog }: Context): PriceList | null {
    return isAdministrator(actor) ? catalog.current.priceList(priceListId) : null;
  }
}

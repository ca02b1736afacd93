import { Field, ID, InputType } from 'type-graphql';
import { AccountKind, BillingDetails } from '../../../entities';
import { OPTIONAL_KEY, Optional, VersionedInput } from '../../types/fields';

@InputType({ description: 'Account to create.' })
export class CreateAccountInput {
  @Optional(() => String, OPTIONAL_KEY)
  idempotencyKey?: string | null;

  @Field(() => AccountKind, { description: 'Kind of account. Cannot be changed.' })
  kind!: AccountKind;

  @Field({ description: 'Company name, up to 200 characters.' })
  name!: string;

  @Field({ description: 'E-mail address, unique among accounts. Providers match the account by it.' })
  email!: string;

  @Field(() => BillingDetails, { description: 'Default billing details of orders.' })
  billing!: BillingDetails;

  @Optional(
    () => ID,
    'Id of the reseller of an end customer or affiliate. Omit it for resellers and direct customers. A reseller that omits it means itself.',
  )
  resellerId?: string | null;

  @Optional(
    () => ID,
    'Id of the account manager. The account manager of a reseller also manages its end customers and affiliates. Administrators only; an account manager manages the direct customers that it creates.',
  )
  accountManagerId?: string | null;

  @Optional(
    () => String,
    'Reference of the account in another system, up to 100 characters, unique among the customers of the reseller, or among the accounts without a reseller. Null or blank for none.',
  )
  externalReference?: string | null;

  @Optional(() => ID, 'Id of the price list. Defaults to the public price list. Administrators only.')
  priceListId?: string | null;
}

@InputType()
abstract class AccountTarget extends VersionedInput {
  @Field(() => ID, { description: 'Id of the account.' })
  accountId!: string;
}

@InputType({ description: 'Account to deactivate.' })
export class DeactivateAccountInput extends AccountTarget {}

@InputType({ description: 'Account to activate.' })
export class ActivateAccountInput extends AccountTarget {}

@InputType({ description: 'Changes of an account. Omitted fields keep their value.' })
export class UpdateAccountInput extends AccountTarget {
  @Optional(() => String, 'Company name, up to 200 characters.')
  name?: string | null;

  @Optional(
    () => String,
    'E-mail address, unique among accounts. Cannot be changed once a provider knows the account by it.',
  )
  email?: string | null;

  @Optional(() => BillingDetails, 'Default billing details of future orders.')
  billing?: BillingDetails | null;
}

@InputType({ description: 'Assignment of an account manager.' })
export class AssignAccountManagerInput extends AccountTarget {
  @Optional(() => ID, 'Id of a user with the role ACCOUNT_MANAGER. Null removes the account manager.')
  accountManagerId?: string | null;
}

@InputType({ description: 'Assignment of a price list.' })
export class AssignPriceListInput extends AccountTarget {
  @Optional(() => ID, 'Id of one of `priceLists`. Null assigns the public price list.')
  priceListId?: string | null;
}

import { Field, ID, InputType, Int } from 'type-graphql';
import { Account, AccountKind } from '../../../entities';
import { OPTIONAL_KEY, Optional, VERSION } from '../../types/fields';
import { BillingDetailsInput } from '../../types/inputs';
import { definePayload } from '../../types/payloads';

@InputType({ description: 'What an account is to be.' })
export class CreateAccountInput {
  @Optional(() => String, OPTIONAL_KEY)
  idempotencyKey?: string | null;

  @Field(() => AccountKind, { description: 'What it is; never changes.' })
  kind!: AccountKind;

  @Field({ description: 'The name of the company: up to 200 characters.' })
  name!: string;

  @Field({ description: 'Providers match the account by it. Unique.' })
  email!: string;

  @Field(() => BillingDetailsInput, { description: 'Proposed for every order.' })
  billing!: BillingDetailsInput;

  @Optional(() => ID, 'Whose end customer or affiliate it is; none for resellers and direct customers.')
  resellerId?: string | null;

  @Optional(() => ID, 'Who looks after it; end customers and affiliates follow their reseller’s as well.')
  accountManagerId?: string | null;

  @Optional(() => ID, 'Its price list; the public one unless said otherwise.')
  priceListId?: string | null;
}

@InputType({ description: 'Which account.' })
export class AccountInput {
  @Field(() => ID, { description: 'The account.' })
  accountId!: string;

  @Optional(() => Int, VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'What is to change of an account; what is left out stays.' })
export class UpdateAccountInput extends AccountInput {
  @Optional(() => String, 'The name of the company.')
  name?: string | null;

  @Optional(() => String, 'Unique; not of an account that a provider knows by it.')
  email?: string | null;

  @Optional(() => BillingDetailsInput, 'Proposed for every order from now on.')
  billing?: BillingDetailsInput | null;
}

@InputType({ description: 'Who is to look after an account.' })
export class AssignAccountManagerInput extends AccountInput {
  @Optional(() => ID, 'A user who is an account manager; nobody where it is left out.')
  accountManagerId?: string | null;
}

@InputType({ description: 'Whose prices an account is to have.' })
export class AssignPriceListInput extends AccountInput {
  @Optional(() => ID, 'One of `priceLists`; the public one where it is left out.')
  priceListId?: string | null;
}

export const AccountPayload = definePayload('account', Account, 'What became of a change of an account.');

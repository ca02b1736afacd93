import { ID, InputType } from 'type-graphql';
import { Optional } from '../fields';

@InputType({ description: 'Filter of accounts. An account has to match every condition that is set.' })
export class AccountFilter {
  @Optional(() => ID, 'End customers and affiliates of this reseller.')
  resellerId?: string | null;

  @Optional(() => ID, 'Accounts assigned to this account manager.')
  accountManagerId?: string | null;

  @Optional(
    () => Boolean,
    'True for accounts without an active account manager of their own or of their reseller, false for the others.',
  )
  unmanaged?: boolean | null;
}

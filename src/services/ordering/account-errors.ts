import type { Account } from '../../entities';
import { providerRejected, type UserError } from '../../errors';
import { missingFields, type Provider } from '../../providers';
import { toProviderAccount } from '../../provisioning';
import { findBuyer } from '../../store';
import type { Context } from '../context';

/**
 * PROVIDER_REJECTED errors for what the providers of an order need to know of the recipient and its reseller, and the accounts
 * lack. Each names the account and the field.
 */
export async function accountErrors(
  { db }: Pick<Context, 'db'>,
  recipient: Account,
  providers: ReadonlyMap<string, Provider>,
): Promise<UserError[]> {
  const needs = [...providers].flatMap(([name, { accounts: rules }]) =>
    rules ? [{ name, needed: rules.needed }] : [],
  );
  if (needs.length === 0) return [];
  const buyer = await findBuyer(db, recipient);
  const accounts = buyer === recipient ? [recipient] : [recipient, buyer];
  return needs.flatMap(({ name, needed }) =>
    accounts.flatMap(account =>
      missingFields(toProviderAccount(account, 'User'), needed).map(field =>
        providerRejected(
          `${name} needs \`${field}\` of ${account.name}. Set it with \`updateAccount\`.`,
          null,
          ['recipientId'],
        ),
      ),
    ),
  );
}

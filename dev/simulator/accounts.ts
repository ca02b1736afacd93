import { randomUUID } from 'node:crypto';
import type { AccountRecord, Effect } from './records';
import { Refusal } from './refusal';
import type { AccountRequest } from './requests';
import { type AccountResult, accountResult, type Context } from './results';

/** `accounts/exists`: Code 0 if no account has this e-mail, else Code 1 with the external id of the account. */
export function exists(request: AccountRequest, { store }: Context): AccountResult {
  const known = store.accountByEmail(request.Email);
  if (known === undefined) return accountResult(null, 'Account does not exist');
  return { ...accountResult(known.externalId, 'Account exists'), Code: 1 };
}

/** `accounts/synchronize`: creates or updates the account with this e-mail. */
export function synchronize(request: AccountRequest, context: Context): AccountResult {
  const { store } = context;
  checkFields(request);
  const parent = request.ResellerExternalID || null;
  if (parent !== null && store.accounts.get(parent)?.role !== 'Reseller') {
    throw new Refusal('unknownReseller', `There is no reseller ${parent}: synchronize it first`);
  }
  const known = store.accountByEmail(request.Email);
  const account = toRecord(request, parent, known?.externalId);
  if (known === undefined) {
    commit('account.created', account, context);
  } else if (known.role !== account.role || known.resellerExternalId !== parent) {
    throw new Refusal(
      'accountTaken',
      `${known.email} belongs to another ${known.role.toLowerCase()} already`,
    );
  } else if (JSON.stringify(known) !== JSON.stringify(account)) {
    commit('account.updated', account, context);
  }
  return accountResult(account.externalId, 'Account synchronized');
}

/** Rejects an account without a name or with an incomplete address. */
function checkFields({ Name, Address }: AccountRequest): void {
  const missing = (
    [
      ['missingName', Name],
      ['missingAddress', Address?.Address1],
      ['missingCountry', Address?.Country?.Code],
      ['missingCity', Address?.City],
      ['missingPostCode', Address?.PostCode],
    ] as const
  ).find(([, value]) => !value?.trim());
  if (missing) throw new Refusal(missing[0], `The account has no ${missing[0].slice('missing'.length)}`);
}

/** `accounts/delete`: rejected for an account with subscriptions or customers. */
export function remove(request: AccountRequest, context: Context): AccountResult {
  const { store, at } = context;
  const account = store.accountByEmail(request.Email);
  if (account === undefined) throw new Refusal('unknownAccount', `There is no account ${request.Email}`);
  const id = account.externalId;
  const owns = [...store.subscriptions.values()].some(
    it => it.accountExternalId === id && it.state !== 'CANCELLED',
  );
  const parents = [...store.accounts.values()].some(it => it.resellerExternalId === id);
  if (owns || parents) throw new Refusal('accountInUse', `${account.email} has subscriptions or customers`);
  store.commit({ at, deletedAccount: id, effects: [effect('account.deleted', account, context)] });
  return accountResult(id, 'Account deleted');
}

function toRecord(request: AccountRequest, parent: string | null, id: string | undefined): AccountRecord {
  const role = request.SyncOptions.role;
  const { Phone, ContactDetails, Address } = request;
  const prefix = role === 'Reseller' ? 'prt' : 'acc';
  return {
    externalId: id ?? `${prefix}-${randomUUID().slice(0, 13)}`,
    email: request.Email.toLowerCase(),
    name: request.Name,
    role,
    resellerExternalId: parent,
    details: JSON.stringify({ Phone, ContactDetails, Address }),
  };
}

function commit(kind: Effect['effect'], account: AccountRecord, context: Context): void {
  context.store.commit({ at: context.at, account, effects: [effect(kind, account, context)] });
}

function effect(kind: Effect['effect'], account: AccountRecord, { trackId }: Context): Effect {
  const under = account.resellerExternalId === null ? '' : ` under ${account.resellerExternalId}`;
  const detail = `${account.role}${under}`;
  return { effect: kind, subject: account.email, recipient: account.name, detail, trackId };
}

import type { ProviderAccount, ProviderAddress } from '../port';
import type { AccountDefinition, AddressDefinition, ContactDetails } from './wire';

/** The account as the contract writes it. E-mails are lower-cased, since the provider matches by them. */
export function toAccount(account: ProviderAccount): AccountDefinition {
  const email = account.email.toLowerCase();
  return {
    ID: account.id,
    ExternalID: account.externalId ?? null,
    ResellerID: account.reseller?.id ?? null,
    ResellerExternalID: account.reseller?.externalId ?? null,
    Name: account.name,
    Code: null,
    Phone: account.phone ?? null,
    Fax: null,
    WebSite: null,
    Email: email,
    IsTest: false,
    Description: null,
    ExtraDetails: account.company === undefined ? {} : { Company: account.company },
    // The two sync options that the provider asks for: its login name and what it is to become.
    SyncOptions: { username: email, role: account.role },
    ContactDetails: toContact(account),
    Address: toAddress(account.address),
  };
}

function toContact({ contact, ...account }: ProviderAccount): ContactDetails {
  return {
    ID: null,
    FirstName: contact?.firstName ?? '',
    LastName: contact?.lastName ?? account.name,
    Phone: contact?.phone ?? account.phone ?? null,
    Fax: null,
    Email: contact?.email ?? account.email.toLowerCase(),
  };
}

const countryNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });

function toAddress(address: ProviderAddress): AddressDefinition {
  return {
    Address1: address.line1,
    Address2: address.line2 ?? null,
    City: address.city,
    PostCode: address.postalCode,
    State: { Code: null, Name: null },
    Country: { Code: address.country, Name: countryName(address.country) },
  };
}

/** Those asked for so far, for every account is described many times. */
const known = new Map<string, string>();

/** What is no country code stays as it is: refusing it is the provider's business. */
function countryName(code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  const name = known.get(code) ?? countryNames.of(code) ?? code;
  known.set(code, name);
  return name;
}

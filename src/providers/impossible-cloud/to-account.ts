import type { ProviderAccount, ProviderAddress } from '../subscription';
import type { AccountDefinition, AddressDefinition, ContactDetails } from './wire';

/** Account in the form of the contract. E-mails are lower-cased, because the provider matches by them. */
export function toAccount(account: ProviderAccount): AccountDefinition {
  const email = account.email.toLowerCase();
  return {
    ID: account.id,
    ExternalID: account.externalId ?? null,
    ResellerID: account.reseller?.id ?? null,
    ResellerExternalID: account.reseller?.externalId ?? null,
    Name: account.name,
    Code: null,
    Phone: null,
    Fax: null,
    WebSite: null,
    Email: email,
    IsTest: false,
    Description: null,
    ExtraDetails: account.company === undefined ? {} : { Company: account.company },
    // The two sync options that the provider requires: login name and role.
    SyncOptions: { username: email, role: account.role },
    ContactDetails: toContact(account.name, email),
    Address: toAddress(account.address),
  };
}

/** The account stands for its contact person. */
const toContact = (name: string, email: string): ContactDetails => ({
  ID: null,
  FirstName: '',
  LastName: name,
  Phone: null,
  Fax: null,
  Email: email,
});

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

/** Cache, because every account is converted many times. */
const known = new Map<string, string>();

/** Name of a country. Returns an invalid code unchanged, so that the provider rejects it. */
function countryName(code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  const name = known.get(code) ?? countryNames.of(code) ?? code;
  known.set(code, name);
  return name;
}

import type { Transaction } from '../../src/database';
import { Account, AccountKind, type BillingDetails, Role, User } from '../../src/entities';
import { createUser } from '../../src/services/identity/create-user';
import { insertInto } from '../../src/store';
import { RESELLER_LIST } from './catalog';
import { demoId } from './ids';

/** Password of every demo user. */
export const DEMO_PASSWORD = 'demo';
/** Precomputed hash, because hashing takes a quarter of a second. */
export const DEMO_PASSWORD_HASH =
  'scrypt$32768$8$3$/u6p+a89ZU3vZ3A3W0Subg==$vc3D2tqy1s1vWiSJCvyIinSbDjJ1zNfbvYEYsM3U0O8=';

const NORTHWIND = 'Northwind Traders';
const CONTOSO = 'Contoso';
const SKYLINE = 'Skyline IT';
const HARBOR = 'Harbor Cloud';

const MANAGER = 'manager@bss.example';
const MANAGER_2 = 'manager2@bss.example';

interface DemoAccount {
  name: string;
  email: string;
  kind: AccountKind;
  reseller?: string;
  manager?: string;
  city: string;
  country: string;
}

const { CUSTOMER, RESELLER, AFFILIATE } = AccountKind;

const accounts: readonly DemoAccount[] = [
  {
    name: NORTHWIND,
    email: 'it@northwind.example',
    kind: CUSTOMER,
    manager: MANAGER,
    city: 'Hamburg',
    country: 'DE',
  },
  {
    name: CONTOSO,
    email: 'it@contoso.example',
    kind: CUSTOMER,
    manager: MANAGER,
    city: 'Wien',
    country: 'AT',
  },
  {
    name: SKYLINE,
    email: 'partner@skyline.example',
    kind: RESELLER,
    manager: MANAGER,
    city: 'Berlin',
    country: 'DE',
  },
  {
    name: 'Alpine Dental',
    email: 'office@alpine.example',
    kind: CUSTOMER,
    reseller: SKYLINE,
    city: 'Innsbruck',
    country: 'AT',
  },
  {
    name: 'Birch Legal',
    email: 'office@birch.example',
    kind: CUSTOMER,
    reseller: SKYLINE,
    city: 'Leipzig',
    country: 'DE',
  },
  {
    name: 'Cedar Foods',
    email: 'office@cedar.example',
    kind: CUSTOMER,
    reseller: SKYLINE,
    city: 'Bremen',
    country: 'DE',
  },
  {
    name: 'Skyline Labs',
    email: 'labs@skyline.example',
    kind: AFFILIATE,
    reseller: SKYLINE,
    city: 'Berlin',
    country: 'DE',
  },
  {
    name: HARBOR,
    email: 'partner@harbor.example',
    kind: RESELLER,
    manager: MANAGER_2,
    city: 'Rotterdam',
    country: 'NL',
  },
  {
    name: 'Dune Media',
    email: 'office@dune.example',
    kind: CUSTOMER,
    reseller: HARBOR,
    city: 'Den Haag',
    country: 'NL',
  },
  {
    name: 'Elm Clinics',
    email: 'office@elm.example',
    kind: CUSTOMER,
    reseller: HARBOR,
    city: 'Utrecht',
    country: 'NL',
  },
];

interface DemoUser {
  name: string;
  email: string;
  role: Role;
  account?: string;
}

/** Demo users in display order. */
export const demoUsers: readonly DemoUser[] = [
  { name: 'Nora West', email: 'buyer@northwind.example', role: Role.CUSTOMER, account: NORTHWIND },
  { name: 'Carl Otto', email: 'buyer@contoso.example', role: Role.CUSTOMER, account: CONTOSO },
  { name: 'Sky Lindner', email: 'sales@skyline.example', role: Role.RESELLER, account: SKYLINE },
  { name: 'Hanna de Boer', email: 'sales@harbor.example', role: Role.RESELLER, account: HARBOR },
  { name: 'Max Berger', email: MANAGER, role: Role.ACCOUNT_MANAGER },
  { name: 'Mia Berger', email: MANAGER_2, role: Role.ACCOUNT_MANAGER },
  { name: 'Ada Minster', email: 'admin@bss.example', role: Role.ADMINISTRATOR },
];

/** Id of a demo account. */
export const accountId = (name: string) => demoId('acc', name);

/** Id of a demo user. */
export const userId = (email: string) => demoId('usr', email);

function billing({ name, email, city, country }: DemoAccount): BillingDetails {
  return {
    company: name,
    vatNumber: null,
    email,
    addressLine1: 'Hauptstraße 1',
    addressLine2: null,
    city,
    postalCode: '10115',
    country,
  };
}

/** Inserts the demo accounts, resellers before their customers, and the users. */
export async function insertPeople(tx: Transaction, passwordHash: string): Promise<void> {
  await insertInto(
    tx,
    Account,
    accounts.map(account => ({
      id: accountId(account.name),
      kind: account.kind,
      name: account.name,
      email: account.email,
      resellerId: account.reseller ? accountId(account.reseller) : null,
      accountManagerId: account.manager ? userId(account.manager) : null,
      priceListId: account.kind === RESELLER ? RESELLER_LIST : null,
      billing: billing(account),
    })),
  );
  for (const { name, email, role, account } of demoUsers) {
    const user: Partial<User> = { id: userId(email), name, email, roles: [role], passwordHash };
    await createUser(tx, { ...user, accountId: account ? accountId(account) : null });
  }
}

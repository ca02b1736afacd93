import { accountId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';

/** Users of the demo data that many tests sign in. */
export const ADMIN = 'admin@bss.example';
export const MANAGER = 'manager@bss.example';
export const RESELLER = 'sales@skyline.example';

/** Accounts of the demo data. Alpine Dental is an end customer of Skyline IT, the account of `RESELLER`. */
export const ALPINE = accountId('Alpine Dental');
export const CONTOSO = accountId('Contoso');
export const NORTHWIND = accountId('Northwind Traders');
export const SKYLINE = accountId('Skyline IT');

/** A line for the smallest storage, the product IC-BASE-1TB. */
export const STORAGE = { productId: demoId('prod', 'IC-BASE-1TB') };

/** Billing details for a new account. */
export const BILLING = {
  company: 'New',
  email: 'billing@new.example',
  addressLine1: 'Weg 1',
  city: 'Bremen',
  postalCode: '28195',
  country: 'DE',
};

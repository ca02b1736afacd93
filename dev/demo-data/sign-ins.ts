import { DEMO_PASSWORD } from './people';

/** Users of the demo data, as `npm start` lists them. Every password is `demo`. */
export const DEMO_SIGN_INS: readonly (readonly [email: string, description: string])[] = [
  ['buyer@northwind.example', 'direct customer'],
  ['buyer@contoso.example', 'a second direct customer'],
  ['sales@skyline.example', 'reseller with three end customers'],
  ['sales@harbor.example', 'a second reseller'],
  ['manager@bss.example', 'account manager of Northwind, Contoso and Skyline'],
  ['manager2@bss.example', 'account manager of Harbor'],
  ['admin@bss.example', 'administrator'],
];

/** Users of the demo data for the pages, which sign in with one click. */
export const oneClickSignIns = DEMO_SIGN_INS.map(([email, who]) => ({ email, who, password: DEMO_PASSWORD }));

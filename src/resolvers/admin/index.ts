import { AccountAdministrationResolver } from './accounts.resolver';
import { AddonAdministrationResolver } from './addons.resolver';
import { CategoryAdministrationResolver } from './categories.resolver';
import { ListedPriceResolver, PastPriceResolver, PriceAdministrationResolver } from './prices.resolver';
import { ProductAdministrationResolver } from './products.resolver';
import { UserAdministrationResolver } from './users.resolver';

/** Resolvers for administrators. */
export const administrationResolvers = [
  CategoryAdministrationResolver,
  ProductAdministrationResolver,
  AddonAdministrationResolver,
  PriceAdministrationResolver,
  ListedPriceResolver,
  PastPriceResolver,
  AccountAdministrationResolver,
  UserAdministrationResolver,
] as const;

import { Initial1795300000000 } from './1795300000000-initial';
import { Claims1795300100000 } from './1795300100000-claims';
import { Identity1795400000000 } from './1795400000000-identity';
import { Providers1795500000000 } from './1795500000000-providers';
import { Administration1795500100000 } from './1795500100000-administration';
import { Webhooks1795500200000 } from './1795500200000-webhooks';
import { Pages1795600000000 } from './1795600000000-pages';
import { Credentials1795700000000 } from './1795700000000-credentials';
import { ExactEmails1795700010000 } from './1795700010000-exact-emails';
import { Currencies1795700100000 } from './1795700100000-currencies';
import { Kept1795700200000 } from './1795700200000-kept';
import { AccountRefusals1795700210000 } from './1795700210000-account-refusals';
import { SortedLists1795800000000 } from './1795800000000-sorted-lists';
import { SearchTerms1795810000000 } from './1795810000000-search-terms';
import { Mails1795900000000 } from './1795900000000-mails';
import { Invitations1795900100000 } from './1795900100000-invitations';
import { Notifications1795900200000 } from './1795900200000-notifications';
import { References1796000000000 } from './1796000000000-references';
import { DistributorClients1796050000000 } from './1796050000000-distributor-clients';
import { Deciders1796100000000 } from './1796100000000-deciders';
import { Undo1796110000000 } from './1796110000000-undo';
import { SubscriptionChanges1796200000000 } from './1796200000000-subscription-changes';
import { Suspensions1796300000000 } from './1796300000000-suspensions';
import { Charges1796400000000 } from './1796400000000-charges';
import { RetailPrices1796500000000 } from './1796500000000-retail-prices';
import { LargeLists1796600000000 } from './1796600000000-large-lists';
import { FinishedOperations1796700000000 } from './1796700000000-finished-operations';

/** Every migration, oldest first. */
export const migrations = [
  Initial1795300000000,
  Claims1795300100000,
  Identity1795400000000,
  Providers1795500000000,
  Administration1795500100000,
  Webhooks1795500200000,
  Pages1795600000000,
  Credentials1795700000000,
  ExactEmails1795700010000,
  Currencies1795700100000,
  Kept1795700200000,
  AccountRefusals1795700210000,
  SortedLists1795800000000,
  SearchTerms1795810000000,
  Mails1795900000000,
  Invitations1795900100000,
  Notifications1795900200000,
  References1796000000000,
  DistributorClients1796050000000,
  Deciders1796100000000,
  Undo1796110000000,
  SubscriptionChanges1796200000000,
  Suspensions1796300000000,
  Charges1796400000000,
  RetailPrices1796500000000,
  LargeLists1796600000000,
  FinishedOperations1796700000000,
];

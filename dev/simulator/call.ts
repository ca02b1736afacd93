import type { Endpoint } from '../../src/providers/impossible-cloud/wire';
import type { BrokerEndpoint } from './broker/endpoints';

/** What faults and counters know of a call. */
export interface Call {
  endpoint: Endpoint | BrokerEndpoint;
  checkOnly: boolean;
  /** The account's e-mail or the caller's subscription id; undefined for the calls of the set-up. */
  subject: string | undefined;
  /** The account's name and e-mail. */
  recipient: string[];
  /** Where a name can ask for a fault: the account's name and the subscription's. */
  names: string[];
}

import type { Endpoint } from '../../src/providers/impossible-cloud/wire';
import type { BrokerEndpoint } from './broker/endpoints';

/** Properties of a call for faults and counters. */
export interface Call {
  endpoint: Endpoint | BrokerEndpoint;
  checkOnly: boolean;
  /** The account's e-mail or the caller's subscription id; undefined for the calls of the set-up. */
  subject: string | undefined;
  /** The account's name and e-mail. */
  recipient: string[];
  /** Names that can request a fault: those of the account and the subscription. */
  names: string[];
}

import type { Endpoint } from '../../src/providers/impossible-cloud/wire';
import type { BrokerEndpoint } from './broker/endpoints';

/** Properties of a call for faults and counters. */
export interface Call {
  endpoint: Endpoint | BrokerEndpoint;
  checkOnly: boolean;
  /** E-mail of the account, or subscription id of the caller. Undefined for setup calls. */
  subject: string | undefined;
  /** Name and e-mail of the account. */
  recipient: string[];
  /** Names of the account and the subscription, which can request faults. */
  names: string[];
}

import type {
  AccountResultDefinition,
  ServiceResultDefinition,
} from '../../src/providers/impossible-cloud/wire';
import type { Store } from './store';

/** Context of a handler: the store, the call's track id and its time (ISO 8601). */
export interface Context {
  store: Store;
  trackId: string;
  at: string;
}

/** Result of an account endpoint. */
export type AccountResult = AccountResultDefinition;
/** Result of a subscription endpoint. */
export type ServiceResult = ServiceResultDefinition;

/** Success of an account endpoint. `result` is the external id of the account. */
export function accountResult(result: string | null, message: string): AccountResult {
  return { Code: 0, Message: message, Result: result, AccountExtraInfo: {}, GeneratedPassword: null };
}

/** Success of a subscription endpoint. `result` is the external id of the subscription, null after a pre-check. */
export function serviceResult(result: string | null): ServiceResult {
  return {
    Code: 0,
    Message: null,
    Result: result,
    AccountExtraInfo: {},
    CustomFieldValues: {},
    SendNotification: result !== null,
    ExtraInfo: {},
  };
}

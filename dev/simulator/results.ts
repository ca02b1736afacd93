import type { ResultDefinition } from '../../src/providers/impossible-cloud/wire';
import type { Store } from './store';

/** Context of a handler: the store, the call's track id and its time (ISO 8601). */
export interface Context {
  store: Store;
  trackId: string;
  at: string;
}

/** Result of an account endpoint. `Result` is the external id of the account. */
export interface AccountResult extends ResultDefinition {
  AccountExtraInfo: Record<string, string>;
  GeneratedPassword: string | null;
}

/** Result of a subscription endpoint. `Result` of a create is the external id. */
export interface ServiceResult extends ResultDefinition {
  AccountExtraInfo: Record<string, string>;
  CustomFieldValues: Record<string, string>;
  SendNotification: boolean;
  ExtraInfo: Record<string, string>;
}

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

import type { ResultDefinition } from '../../src/providers/impossible-cloud/wire';
import type { Store } from './store';

/** Context of a handler: the store, the call's track id and its time (ISO 8601). */
export interface Context {
  store: Store;
  trackId: string;
  at: string;
}

/** The answer about an account; `Result` is its external id. */
export interface AccountResult extends ResultDefinition {
  AccountExtraInfo: Record<string, string>;
  GeneratedPassword: string | null;
}

/** The answer about a subscription; `Result` of a create is its external id. */
export interface ServiceResult extends ResultDefinition {
  AccountExtraInfo: Record<string, string>;
  CustomFieldValues: Record<string, string>;
  SendNotification: boolean;
  ExtraInfo: Record<string, string>;
}

/** A success about an account; `result` is its external id. */
export function accountResult(result: string | null, message: string): AccountResult {
  return { Code: 0, Message: message, Result: result, AccountExtraInfo: {}, GeneratedPassword: null };
}

/** A success about a subscription; `result` is its external id, null after a pre-check. */
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

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

/** The contract's answer about an account. */
export type AccountResult = AccountResultDefinition;
/** The contract's answer about a subscription. */
export type ServiceResult = ServiceResultDefinition;

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

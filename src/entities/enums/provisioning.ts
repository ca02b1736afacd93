import { defineEnum } from './define-enum';

export const OperationKind = defineEnum('OperationKind', 'Kind of provisioning operation.', {
  PROVISION: 'Provisioning of a new subscription.',
  ADD_ADDONS: 'Assignment of add-ons to a live subscription.',
  DEPROVISION: 'Cancellation of a subscription at the provider.',
  CHANGE: 'Change of the product or the add-ons of a live subscription.',
  SUSPEND: 'Suspension of an active subscription.',
  RESUME: 'End of the suspension of a subscription.',
  UNDO: 'Reversal of an abandoned operation at the provider.',
});
export type OperationKind = keyof typeof OperationKind;

export const OperationState = defineEnum('OperationState', 'State of a provisioning operation.', {
  PENDING: 'Waiting for a worker.',
  RUNNING: 'A worker executes it, or the next attempt is scheduled.',
  SUCCEEDED: 'All steps are finished.',
  FAILED:
    'Stopped by an error. Can be retried with `retryProvisioning`, or abandoned with `abandonOperation`.',
  ABANDONED: 'Given up with `abandonOperation` after it had failed. Cannot be retried.',
});
export type OperationState = keyof typeof OperationState;

export const StepName = defineEnum('StepName', 'A step of a provisioning operation.', {
  CREATE_SUBSCRIPTION: 'Records the subscription in the gateway.',
  SYNCHRONIZE_RESELLER: 'Synchronizes the reseller with the provider, matched by e-mail address.',
  IMPORT_CUSTOMER: 'Imports the recipient at the provider, under its reseller if it has one.',
  ASSIGN_LICENSE: "Assigns the base product to the recipient's account at the provider.",
  CHANGE_PRODUCT: 'Changes the product at the provider, up or down.',
  ASSIGN_ADDONS: 'Sets the add-ons to their totals at the provider.',
  ACTIVATE_SERVICE: 'Activates the subscription in the gateway, with its capacity.',
  SUSPEND_SERVICE: 'Suspends the subscription at the provider.',
  RESUME_SERVICE: 'Ends the suspension at the provider.',
  CANCEL_SERVICE: 'Cancels the subscription at the provider.',
  RESTORE_PRODUCT: 'Changes the product back at the provider.',
  RESTORE_ADDONS: 'Sets the add-ons at the provider to the quantities that the subscription holds.',
});
export type StepName = keyof typeof StepName;

export const StepState = defineEnum('StepState', 'State of a step.', {
  PENDING: 'Not started.',
  RUNNING: 'Running in the gateway or at the provider.',
  SUCCEEDED: 'Finished.',
  SKIPPED:
    'Not needed: the account is synchronized already, the provider has no accounts, or there is no reseller or no add-on.',
  RETRYING: 'Failed with a temporary error. The next attempt is at `nextAttemptAt`.',
  FAILED: 'Stopped by an error. See `error`.',
});
export type StepState = keyof typeof StepState;

export const ProvisioningErrorCode = defineEnum('ProvisioningErrorCode', 'Error of a call to the provider.', {
  REJECTED: 'The provider rejected the call.',
  UNAVAILABLE: 'The provider could not be reached, or reported that it is unavailable.',
  TIMEOUT: 'The connection timed out. Nothing was sent.',
  OUTCOME_UNKNOWN: 'Outcome unknown: the call may or may not have taken effect.',
  BAD_RESPONSE: 'The response of the provider could not be read.',
  UNAUTHORIZED: 'The provider rejected the credentials of the gateway.',
});
export type ProvisioningErrorCode = keyof typeof ProvisioningErrorCode;

export const StreamResetReason = defineEnum('StreamResetReason', 'Reason of a stream reset.', {
  CURSOR_EXPIRED: 'The events that follow `after` are no longer stored.',
  TOO_SLOW: 'The subscriber was too slow and its buffer overflowed.',
});
export type StreamResetReason = keyof typeof StreamResetReason;

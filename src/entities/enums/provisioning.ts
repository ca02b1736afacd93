import { defineEnum } from './define-enum';

export const OperationKind = defineEnum('OperationKind', 'What a provisioning operation is for.', {
  PROVISION: 'A new subscription.',
  ADD_ADDONS: 'Add-ons for a live subscription.',
  DEPROVISION: 'The end of a subscription.',
});
export type OperationKind = keyof typeof OperationKind;

export const OperationState = defineEnum('OperationState', 'How far a provisioning operation is.', {
  PENDING: 'Waits for a worker.',
  RUNNING: 'A worker is at it, or the next attempt is scheduled.',
  SUCCEEDED: 'Every step is done.',
  FAILED: 'Stopped; a person may retry it.',
});
export type OperationState = keyof typeof OperationState;

export const StepName = defineEnum('StepName', 'A step of a provisioning operation.', {
  CREATE_SUBSCRIPTION: 'The subscription is recorded here.',
  SYNCHRONIZE_RESELLER: 'The provider knows the reseller, matched by its e-mail.',
  IMPORT_CUSTOMER: 'The provider knows the recipient, under the reseller where there is one.',
  ASSIGN_LICENSE: "The base product is assigned to the recipient's account at the provider.",
  ASSIGN_ADDONS: 'The add-ons are assigned.',
  ACTIVATE_SERVICE: 'The subscription is active here, with its capacity.',
  CANCEL_SERVICE: 'The provider has ended the subscription.',
});
export type StepName = keyof typeof StepName;

export const StepState = defineEnum('StepState', 'How far a step is.', {
  PENDING: 'Not begun.',
  RUNNING: 'Being carried out, here or at the provider.',
  SUCCEEDED: 'Done.',
  SKIPPED:
    'Not needed: the account was synchronized before or the provider keeps none, there is no reseller, there are no add-ons.',
  RETRYING: 'A passing fault; tried again at `nextAttemptAt`.',
  FAILED: 'Stopped; see the error.',
});
export type StepState = keyof typeof StepState;

export const ProvisioningErrorCode = defineEnum(
  'ProvisioningErrorCode',
  'What went wrong with a call to the provider.',
  {
    REJECTED: 'The provider said no.',
    UNAVAILABLE: 'The provider could not be reached, or said that it is not available.',
    TIMEOUT: 'No connection within the time allowed; nothing was sent.',
    OUTCOME_UNKNOWN: 'The call may or may not have taken effect.',
    BAD_RESPONSE: 'The answer could not be read.',
    UNAUTHORIZED: 'The provider does not accept our credentials.',
  },
);
export type ProvisioningErrorCode = keyof typeof ProvisioningErrorCode;

export const StreamResetReason = defineEnum('StreamResetReason', 'Why messages were lost to a reader.', {
  CURSOR_EXPIRED: '`after` is older than what is kept.',
  TOO_SLOW: 'The reader fell too far behind.',
});
export type StreamResetReason = keyof typeof StreamResetReason;

import { OperationKind, StepName } from '../entities';

/** Steps of each kind of operation, in order. */
export const plans: Readonly<Record<OperationKind, readonly StepName[]>> = {
  PROVISION: [
    StepName.CREATE_SUBSCRIPTION,
    StepName.SYNCHRONIZE_RESELLER,
    StepName.IMPORT_CUSTOMER,
    StepName.ASSIGN_LICENSE,
    StepName.ASSIGN_ADDONS,
    StepName.ACTIVATE_SERVICE,
  ],
  ADD_ADDONS: [StepName.ASSIGN_ADDONS, StepName.ACTIVATE_SERVICE],
  DEPROVISION: [StepName.CANCEL_SERVICE],
  SUSPEND: [StepName.SUSPEND_SERVICE],
  RESUME: [StepName.RESUME_SERVICE],
  CHANGE: [StepName.CHANGE_PRODUCT, StepName.ASSIGN_ADDONS, StepName.ACTIVATE_SERVICE],
};

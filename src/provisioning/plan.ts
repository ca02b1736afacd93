import { type OperationKind, StepName } from '../entities';

/** Kind of operation whose steps do not depend on another operation. */
export type PlannedKind = Exclude<OperationKind, 'UNDO'>;

/** Steps of each kind of operation, in order. `undo.ts` has those of an UNDO. */
export const plans: Readonly<Record<PlannedKind, readonly StepName[]>> = {
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

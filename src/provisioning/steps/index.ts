import type { StepName } from '../../entities';
import { activateService } from './activate-service';
import { assignAddons } from './assign-addons';
import { assignLicense } from './assign-license';
import { cancelService } from './cancel-service';
import type { Step } from './step';
import { importCustomer, synchronizeReseller } from './synchronize';

export type { Step } from './step';

/** How each step is carried out. */
export const steps = {
  // The record was written with the order: there is nothing left to do.
  CREATE_SUBSCRIPTION: { enter: async () => 'local' },
  SYNCHRONIZE_RESELLER: synchronizeReseller,
  IMPORT_CUSTOMER: importCustomer,
  ASSIGN_LICENSE: assignLicense,
  ASSIGN_ADDONS: assignAddons,
  ACTIVATE_SERVICE: activateService,
  CANCEL_SERVICE: cancelService,
} as Readonly<Record<StepName, Step>>;

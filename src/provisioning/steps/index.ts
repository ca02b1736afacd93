import type { StepName } from '../../entities';
import { activateService } from './activate-service';
import { assignAddons } from './assign-addons';
import { assignLicense } from './assign-license';
import { cancelService } from './cancel-service';
import { changeProduct, restoreProduct } from './change-product';
import { restoreAddons } from './restore-addons';
import { resumeService } from './resume-service';
import type { Step } from './step';
import { suspendService } from './suspend-service';
import { importCustomer, synchronizeReseller } from './synchronize';

export type { Step } from './step';

/**
 * Steps by name. A new step is one line here.
 *
 * Every call must be repeatable: after a retryable fault (see `providers/classify.ts`) or a crash, the outcome is unknown and
 * the step restarts from its first call. The calls are repeatable for these reasons:
 *
 * - Finding an account changes nothing. It precedes every write of an account, so an account that a lost call has created
 *   is found and updated under the provider's own id.
 * - Synchronizing matches by e-mail: it creates once and then sets the same again. `account-claims.ts` keeps two
 *   operations from creating one account twice.
 * - Creating a subscription carries our id, on which the provider de-duplicates. It is never sent under another id.
 * - Changing the product names the new one, and a provider that has it already answers with success.
 * - Setting and restoring add-ons carries totals, read from data that is frozen while the operation is open.
 * - Suspending and resuming set a state, and a provider that has it already answers with success.
 * - Cancelling is idempotent. A subscription that the provider never confirmed is cancelled by our id alone; "no such
 *   subscription" is then a success, not a refusal.
 * - Accepted work is never called again: its ticket is in the row, and the next claim polls it. A crash between acceptance
 *   and ticket leaves a call like any other, and the provider answers its repetition with the work in progress.
 * - Local steps only write rows, in the transaction of the walk, and are rolled back with it.
 *
 * One order of arrival is not covered: a call that arrives after the one that ends or undoes it was confirmed, such as a create
 * after its cancellation. Reconciliation finds it, where the provider reports it.
 */
export const steps = {
  // The record is created with the order.
  CREATE_SUBSCRIPTION: { enter: async () => 'local' },
  SYNCHRONIZE_RESELLER: synchronizeReseller,
  IMPORT_CUSTOMER: importCustomer,
  ASSIGN_LICENSE: assignLicense,
  CHANGE_PRODUCT: changeProduct,
  ASSIGN_ADDONS: assignAddons,
  ACTIVATE_SERVICE: activateService,
  SUSPEND_SERVICE: suspendService,
  RESUME_SERVICE: resumeService,
  CANCEL_SERVICE: cancelService,
  RESTORE_PRODUCT: restoreProduct,
  RESTORE_ADDONS: restoreAddons,
} as Readonly<Record<StepName, Step>>;

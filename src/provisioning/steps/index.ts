import type { StepName } from '../../entities';
import { activateService } from './activate-service';
import { assignAddons } from './assign-addons';
import { assignLicense } from './assign-license';
import { cancelService } from './cancel-service';
import type { Step } from './step';
import { importCustomer, synchronizeReseller } from './synchronize';

export type { Step } from './step';

/**
 * How each step is carried out, and why each of its calls may be sent again. After a fault that may pass (which ones, says
 * `provider/classify.ts`) or the death of a worker, nobody knows whether the provider did the work; the step is then
 * begun again from its first call. That must come to the same as one call that was answered:
 *
 * - Finding an account changes nothing. It comes before every write of an account, so a write that was done and not
 *   answered for is found, and what follows is an update under the provider's own id.
 * - Synchronizing matches by e-mail: it creates once and then sets the same again. Two operations never write one
 *   account of a service at once, which would find nothing twice: the first has it in hand (`accounts.ts`), until it has
 *   its id or stops; others wait.
 * - Creating a subscription carries our id of it, on which the provider de-duplicates: the second call answers with
 *   what the first one made. So it is never sent under another id, and a refusal is never answered with a new one.
 * - Setting add-ons carries totals, read from what was confirmed before the operation and frozen while it
 *   is open, so every repetition sets the same. That an add-on exists by then is no error.
 * - Cancelling leads to the same end from anywhere. It is also asked for what the provider may have and never
 *   confirmed, then by our id alone; that it has no such subscription is then the answer, not a refusal. The
 *   alternative, to create it again for its id and cancel that, would start what nobody wants.
 * - What a provider has accepted for later is not called again: its ticket stands in the row, and whoever claims the operation
 *   asks with it. A worker that dies between the acceptance and the ticket leaves a call like any other, and its repetition
 *   is answered by the work that is under way.
 * - Local steps write rows only, in the transaction of the walk, and are begun again with it.
 *
 * Between attempts there is always a pause, so a call that is still on its way mostly arrives before its repetition; the
 * rules above hold in either order, but for one: a create that arrives after its cancellation was confirmed is only met by
 * a reconciliation of the provider's list.
 */
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

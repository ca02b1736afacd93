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
 * - `accounts/exists` changes nothing. It comes before every write of an account, so a write that was done and not
 *   answered for is found, and what follows is an update under the provider's own id.
 * - `accounts/synchronize` matches by e-mail: it creates once and then sets the same again. Two operations never write one
 *   account of a service at once, which would find nothing twice: the first has it in hand (`accounts.ts`), until it has
 *   its id or stops; others wait.
 * - `subscriptions/create` carries our SubscriptionID, on which the provider de-duplicates: the second call answers with
 *   what the first one made. So it is never sent under another id, and a refusal is never answered with a new one.
 * - `addons/create` and `addons/update` carry totals, read from what was confirmed before the operation and frozen while it
 *   is open, so every repetition sets the same. That an add-on exists by then is no error for either of the two.
 * - `subscriptions/cancel` leads to the same end from anywhere. It is also asked for what the provider may have and never
 *   confirmed, then by our SubscriptionID alone; that it has no such subscription is then the answer, not a refusal. The
 *   alternative, to create it again for its id and cancel that, would start what nobody wants.
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

import type { BillingCycle } from '../../entities';
import { invalid, type Path, refuseIf } from '../../errors';

/** Values of a line that the subscription determines. Null for omitted ones. */
interface LineValues {
  billingCycle?: BillingCycle | null | undefined;
  quantity?: number | null | undefined;
  friendlyName?: string | null | undefined;
}

/** Refuses values that have no effect on a line for a subscription: another billing cycle, licenses, or a name. */
export function refuseFixedValues(
  { billingCycle, quantity, friendlyName }: LineValues,
  fixed: { billingCycle: BillingCycle },
  at: Path,
): void {
  const cycle = `Add-ons follow the billing cycle of the subscription, ${fixed.billingCycle}. Leave it out.`;
  const licenses = 'Licenses cannot be added to a subscription. Leave the quantity out.';
  const name = 'The subscription has a name. Use renameSubscription to change it.';
  refuseIf([
    ...((billingCycle ?? fixed.billingCycle) === fixed.billingCycle
      ? []
      : [invalid([...at, 'billingCycle'], cycle)]),
    ...((quantity ?? 0) === 0 ? [] : [invalid([...at, 'quantity'], licenses)]),
    ...((friendlyName ?? null) === null ? [] : [invalid([...at, 'friendlyName'], name)]),
  ]);
}

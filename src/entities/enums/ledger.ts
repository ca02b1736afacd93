import { defineEnum } from './define-enum';

export const ChargeKind = defineEnum('ChargeKind', 'Kind of a charge.', {
  RECURRING: 'Price of a whole billing period, at the activation and at each renewal.',
  PRORATION: 'Price of the rest of a billing period, for licenses or add-ons that were added within it.',
  CREDIT: 'Part of an earlier charge that is given back, for licenses or add-ons that were taken away.',
  ADJUSTMENT: 'Amount that an administrator has added, or given back, with a reason.',
});
export type ChargeKind = keyof typeof ChargeKind;

/**
 * Refusal codes of the simulator. The contract leaves them to the vendor. They are negative by convention, and a
 * published service manager uses -12 to -19 for missing fields of an account and -20 for an unknown partner.
 */
export const REFUSALS = {
  generic: -1,
  unknownProduct: -3,
  unknownSubscription: -4,
  cancelledSubscription: -6,
  subscriptionDiffers: -7,
  suspendedSubscription: -8,
  wrongAction: -9,
  unknownAccount: -10,
  accountInUse: -11,
  missingName: -12,
  missingAddress: -13,
  missingCountry: -14,
  missingCity: -15,
  missingPostCode: -16,
  unknownReseller: -20,
  accountTaken: -21,
  quantity: -6532,
  secondSubscription: -6533,
  addonDoesNotFit: -6534,
  wrongDirection: -6535,
  addonPresent: -6536,
  addonAbsent: -6537,
} as const;

/** Refusal of a call, sent as HTTP 200 with this `Code` and `Message`. */
export class Refusal extends Error {
  /** @param reason name of the code. @param message sentence for people. */
  readonly code: number;
  constructor(reason: keyof typeof REFUSALS, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = REFUSALS[reason];
  }
}

/**
 * The simulator's refusal codes. The contract leaves them to the vendor: negative numbers are the habit, and -20 for a
 * bad partner is what a published service manager uses.
 */
export const REFUSALS = {
  generic: -1,
  unknownProduct: -3,
  unknownSubscription: -4,
  cancelledSubscription: -6,
  subscriptionDiffers: -7,
  unknownAccount: -10,
  accountInUse: -11,
  unknownReseller: -20,
  accountTaken: -21,
  quantity: -6532,
  secondSubscription: -6533,
  addonDoesNotFit: -6534,
} as const;

/** A refusal: it reaches the caller as HTTP 200 with this `Code` and `Message`. */
export class Refusal extends Error {
  /** `reason` names the code; `message` is a sentence for a person. */
  readonly code: number;
  constructor(reason: keyof typeof REFUSALS, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = REFUSALS[reason];
  }
}

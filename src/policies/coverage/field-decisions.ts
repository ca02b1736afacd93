/**
 * Reason why a field can be read by every viewer of its object.
 *
 * - `own`: value or part of the object itself
 * - `catalog`: public, or on the viewer's price list
 * - `follows`: row with the same owner, guaranteed by the services that write it
 * - `asks`: row that may have another owner, looked up among the rows that the viewer may see
 * - `named`: user who did something; `id` and `name` are visible, the rest of it `asks`
 * - `amount`: what the viewer pays; end customers see it at the retail prices of their reseller, or not at all
 * - `payer`: null for end customers, whose reseller pays
 * - `administrators`: null for all other roles
 */
export type FieldDecision =
  | 'own'
  | 'catalog'
  | 'follows'
  | 'asks'
  | 'named'
  | 'amount'
  | 'payer'
  | 'administrators';

/** Names of fields, by the reason why they can be read. */
export type FieldDecisions = Partial<Record<FieldDecision, string>>;

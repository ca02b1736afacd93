import { Arg, type ClassType, Field, InputType, Int } from 'type-graphql';
import { nullable } from '../../entities';

/** Description of `expectedVersion`. */
export const VERSION =
  'Version that you read. The mutation fails with VERSION_CONFLICT if the object has changed since.';

/** Last sentence of the description of an amount that end customers do not see. */
export const PAYER_ONLY = ' Null for an end customer: its reseller pays.';

/** Sentence in descriptions of amounts of which end customers see the retail price. */
export const RETAIL_WHEN_ORDERED =
  ' An end customer sees the retail price at the time of the order or change, or null if its reseller had set none.';

/** Description of the external reference of a new order. */
export const ORDER_REFERENCE =
  'Reference of the order in another system, up to 100 characters, unique among the orders of the buyer: the reseller, or else the customer. Null or blank for none.';

/** Description of the purchase order number of a new order. */
export const PURCHASE_ORDER =
  'Purchase order number of the buyer, up to 100 characters. Null or blank for none.';

/** Description of the cursor to resume a stream from. */
export const AFTER = 'Cursor of the last message received.';

/** Description of a search in `fields`. */
export const searchIn = (fields: string) =>
  `Starts of words of ${fields}, in any order and regardless of case and accents. Up to 10 words and 100 characters.`;

/** Description of a required `idempotencyKey`. */
export const KEY =
  'Idempotency key, up to 255 characters, stored for at least a day. A repeat with the same key returns the first result.';

/** Description of an optional `idempotencyKey`. */
export const OPTIONAL_KEY =
  'Idempotency key, up to 255 characters, stored for at least a day. A repeat with the same key returns the first result. Without a key every call is executed.';

/** Declares a field that can be null: of an input, one that can be left out. */
export const Optional = (type: () => unknown, description: string) =>
  Field(type as never, nullable(description));

/** The argument of a mutation whose input has no required field. */
export const OptionalInput = (type: () => ClassType) =>
  Arg('input', type, { nullable: true, description: 'Parameters of the mutation.' });

/** The argument of a mutation. */
export const Input = () => Arg('input', { description: 'Parameters of the mutation.' });

/** Input of a change that can be made conditional on the version of its object. */
@InputType()
export abstract class VersionedInput {
  @Optional(() => Int, VERSION)
  expectedVersion?: number | null;
}

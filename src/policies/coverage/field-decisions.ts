/**
 * Why a field may be read by whoever holds its object.
 *
 * - `own`: it is a value, or a part, of the object itself
 * - `catalog`: public, or on the viewer's price list
 * - `follows`: a row that has the same owner, by what the services write
 * - `asks`: a row that may be another's: it is looked up among those that the viewer may see
 * - `named`: a user who did something: `id` and `name` are shown, the rest of it `asks`
 * - `administrators`: null for everybody else
 */
export type FieldDecision = 'own' | 'catalog' | 'follows' | 'asks' | 'named' | 'administrators';

/** The names of fields under the reason for which they may be read. */
export type FieldDecisions = Partial<Record<FieldDecision, string>>;

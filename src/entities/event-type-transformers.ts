import type { ValueTransformer } from 'typeorm';

/**
 * Event types by the name that the version before gives them. It can write them during a rolling upgrade, after the
 * migration has renamed the rows. The release after this one renames the leftovers in a migration and empties this table.
 */
const FORMER_TYPES: Readonly<Record<string, string>> = { 'subscription.resumed': 'subscription.kept' };

const currentType = (type: string): string => FORMER_TYPES[type] ?? type;

/** Reads an event type under its current name. */
export const eventTypeTransformer: ValueTransformer = { to: (type: string) => type, from: currentType };

/** Reads a list of event types under their current names. */
export const eventTypesTransformer: ValueTransformer = {
  to: (types: readonly string[]) => types,
  from: (types: readonly string[]) => types.map(currentType),
};

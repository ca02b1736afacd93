import type { ValueTransformer } from 'typeorm';

/**
 * Current names of event types by their former names. During a rolling upgrade the previous release can write former
 * names after the migration has renamed the rows. The next release renames the remaining rows in a migration and
 * empties this table.
 */
const FORMER_TYPES: Readonly<Record<string, string>> = { 'subscription.resumed': 'subscription.kept' };

const currentType = (type: string): string => FORMER_TYPES[type] ?? type;

/** Column transformer that reads an event type under its current name. */
export const eventTypeTransformer: ValueTransformer = { to: (type: string) => type, from: currentType };

/** Column transformer that reads a list of event types under their current names. */
export const eventTypesTransformer: ValueTransformer = {
  to: (types: readonly string[]) => types,
  from: (types: readonly string[]) => types.map(currentType),
};

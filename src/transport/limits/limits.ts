/**
 * What one document may be, whoever sends it. The documents of `schema/operations` stay far below: 250 tokens, 115
 * fields, 7 levels.
 */
export const LIMITS = {
  /** Parsing is recursive: more brackets than this would exhaust its stack. */
  tokens: 2000,
  depth: 12,
  aliases: 50,
  rootFields: 20,
  rootMutations: 5,
  /**
   * With every spread written out. Checking that fields merge takes time with its square; tools that learn the schema
   * ask for 453.
   */
  fields: 500,
  operations: 10,
} as const;

/** What each limit counts, for the sentence that says what was too much. */
export const COUNTED: Readonly<Record<keyof typeof LIMITS, string>> = {
  tokens: 'tokens',
  depth: 'levels of fields',
  aliases: 'aliases',
  rootFields: 'fields at its root',
  rootMutations: 'mutations',
  fields: 'fields, with every fragment written out',
  operations: 'operations',
};

/** A limit on the form of a document. */
export type FormLimit = keyof typeof COUNTED;

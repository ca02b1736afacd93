/**
 * Limits on one request, whoever sends it. The documents of `schema/operations` stay far below: 250 tokens, 115 fields,
 * 7 levels.
 */
export const LIMITS = {
  /** Of its text, comments included: they cost memory and are not tokens. */
  characters: 20_000,
  /** Parsing is recursive: more brackets than this would exhaust its stack. */
  tokens: 2000,
  depth: 12,
  aliases: 50,
  rootFields: 20,
  rootMutations: 5,
  /**
   * Counted as often as they are visited. Validation compares fields pairwise, so its time grows with the square; tools
   * that read the schema send 453.
   */
  fields: 500,
  /** Spreads and inline fragments, counted as often as they are visited. */
  fragments: 200,
  operations: 10,
  /** In one list of an argument, before duplicates are removed. */
  listItems: 100,
} as const;

/** Plural of the thing that each limit counts, for the error message. */
export const COUNTED: Readonly<Record<keyof typeof LIMITS, string>> = {
  characters: 'characters',
  tokens: 'tokens',
  depth: 'levels of fields',
  aliases: 'aliases',
  rootFields: 'fields at its root',
  rootMutations: 'mutations',
  fields: 'fields, with every fragment written out',
  fragments: 'fragment spreads and inline fragments, with every fragment written out',
  operations: 'operations',
  listItems: 'items in one list',
};

/** Limit on the form of a document. */
export type FormLimit = Exclude<keyof typeof LIMITS, 'listItems'>;

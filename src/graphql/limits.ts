/** Limits on one request. The documents of `schema/operations` have at most 250 tokens and 115 fields. */
export const LIMITS = {
  /** Length of the text, comments included, which cost memory and are not tokens. */
  characters: 20_000,
  /** Parsing is recursive: more brackets would overflow the stack. */
  tokens: 2000,
  depth: 12,
  aliases: 50,
  rootFields: 20,
  rootMutations: 5,
  /** Counted with fragments expanded, because validation takes quadratic time. Introspection by tools has 453. */
  fields: 500,
  /** Fragment spreads and inline fragments, counted with fragments expanded. */
  fragments: 200,
  operations: 10,
  /** Items of one argument list, duplicates included. */
  listItems: 100,
} as const;

/** Plural noun of each limit, for error messages. */
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

/** Limit on the structure of a document. */
export type FormLimit = Exclude<keyof typeof LIMITS, 'listItems'>;

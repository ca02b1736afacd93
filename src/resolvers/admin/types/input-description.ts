/** Description of the `input` argument of every mutation. */
export const INPUT_DESCRIPTION = { description: 'Parameters of the mutation.' };

/** How the argument of every mutation is described. */
export const INPUT_DESCRIPTION = { description: 'What is asked for.' };

/** How the argument of every mutation is described. */
export const ASKED = { description: 'What is asked for.' };

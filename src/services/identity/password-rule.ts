import { z } from 'zod';

// Length is what helps, says NIST SP 800-63B; the upper bound keeps a password from being a document.
/** A password that somebody chooses. */
export const chosenPassword = z
  .string()
  .min(12, { error: 'The new password must have at least 12 characters' })
  .max(200, { error: 'The new password must have at most 200 characters' });

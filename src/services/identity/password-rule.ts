import { z } from 'zod';

// Length is the rule that helps (NIST SP 800-63B). The upper bound limits the cost of hashing.
/** Schema of a password that a user chooses. */
export const chosenPassword = z
  .string()
  .min(12, { error: 'The new password must have at least 12 characters' })
  .max(200, { error: 'The new password must have at most 200 characters' });

import { z } from 'zod';
import { billingDetails, line } from '../../input';

/** An e-mail address, by which providers and sign-in know somebody: in small letters. */
export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(
    z
      .email({ error: 'The e-mail address is not valid' })
      .max(200, { error: 'The e-mail address is too long' }),
  );

/** What every account has. */
export const accountFields = {
  name: line('The name', 200),
  email: emailAddress,
  billing: billingDetails,
};

import { billingDetails, emailAddress, singleLine } from '../../input';

/** What every account has. */
export const accountFields = {
  name: singleLine('The name', 200),
  email: emailAddress,
  billing: billingDetails,
};

import { billingDetails, emailAddress, line } from '../../input';

/** What every account has. */
export const accountFields = {
  name: line('The name', 200),
  email: emailAddress,
  billing: billingDetails,
};

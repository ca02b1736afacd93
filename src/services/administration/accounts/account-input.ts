import { billingDetails, emailAddress, singleLine } from '../../input';

/** Fields of every account. */
export const accountFields = {
  name: singleLine('The name', 200),
  email: emailAddress,
  billing: billingDetails,
};

import { Refusal, simple } from '../../errors';

/** TOKEN_INVALID refusal of a link. The same whatever is wrong with it. */
export const tokenInvalid = () =>
  new Refusal([simple('TOKEN_INVALID', 'This link is no longer valid. Request another one.', ['token'])]);

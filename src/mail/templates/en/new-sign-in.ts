import type { Facts } from '../facts';
import type { Message } from '../message';

/** Sign-in of an administrator from an address that the gateway has not seen before. */
export const newSignIn = ({ address, at }: Facts['new-sign-in']): Message => ({
  subject: 'Sign-in from a new address',
  paragraphs: [
    `Your user signed in from ${address} at ${at}, for the first time from this address.`,
    'If this was not you, change your password now. That ends all sessions.',
  ],
  reason: 'You get this mail because you are an administrator. It cannot be turned off.',
});

import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { typeid } from 'typeid-js';

/** Checkout request with its caller. */
export interface CheckoutRequest {
  userId: string;
  sessionId: string;
  basketId: string;
  key: string;
  /** Fingerprint of the input, stored with the idempotency key. */
  fingerprint: string;
  /** Id of the new order. */
  orderId: string;
}

/** Parses a request as the gateway's `checkout` does. Does not verify the token, because no statement depends on it. */
export function readCheckout(
  { input }: { input: { basketId: string; idempotencyKey: string } },
  { authorization = '' }: IncomingHttpHeaders,
): CheckoutRequest {
  const claims = JSON.parse(Buffer.from(authorization.split('.')[1] ?? '', 'base64url').toString());
  const { basketId, idempotencyKey: key } = input;
  const fingerprint = createHash('sha256').update(JSON.stringify({ basketId })).digest('hex');
  return { userId: claims.sub, sessionId: claims.sid, basketId, key, fingerprint, orderId: freshId('ord') };
}

export const freshId = (prefix: string) => typeid(prefix).toString();

/** Response of a checkout. */
export const checkedOut = ({ id, state }: { id: string; state: string }) => ({
  checkout: { order: { id, state }, errors: [] },
});

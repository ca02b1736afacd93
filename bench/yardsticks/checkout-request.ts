import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { typeid } from 'typeid-js';

/** Who checks which basket out, under which key. */
export interface CheckoutRequest {
  userId: string;
  sessionId: string;
  basketId: string;
  key: string;
  /** Of what is asked for, which the key is kept with. */
  fingerprint: string;
  /** Of the order that is made. */
  orderId: string;
}

/** Reads a request as the gateway's `checkout` gets it. What the token says is believed, for no statement depends on it. */
export function readCheckout(
  { input }: { input: { basketId: string; idempotencyKey: string } },
  { authorization = '' }: IncomingHttpHeaders,
): CheckoutRequest {
  const claims = JSON.parse(Buffer.from(authorization.split('.')[1] ?? '', 'base64url').toString());
  const { basketId, idempotencyKey: key } = input;
  const fingerprint = createHash('sha256').update(JSON.stringify({ basketId })).digest('hex');
  return { userId: claims.sub, sessionId: claims.sid, basketId, key, fingerprint, orderId: freshId('ord') };
}

/** A fresh id. */
export const freshId = (prefix: string) => typeid(prefix).toString();

/** What a checkout answers with. */
export const checkedOut = ({ id, state }: { id: string; state: string }) => ({
  checkout: { order: { id, state }, errors: [] },
});

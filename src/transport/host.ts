import type { IncomingMessage } from 'node:http';

/**
 * Whether `allowed` contains the host name of the request, ignoring the port. An empty list allows every host. Prevents DNS
 * rebinding: a page whose host name resolves to this machine sends that name.
 */
export function isHostAllowed({ headers }: IncomingMessage, allowed: readonly string[]): boolean {
  if (allowed.length === 0) return true;
  try {
    return allowed.includes(new URL(`http://${headers.host}`).hostname);
  } catch {
    return false;
  }
}

/** Message of the refusal of a host name. */
export const HOST_REFUSED = 'This host name is not served. Add it to the setting `ALLOWED_HOSTS`.';

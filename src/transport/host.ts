import type { IncomingMessage } from 'node:http';

/**
 * Returns whether the `Host` of the request is one of `allowed`; a list that is empty allows every host. The name counts,
 * not the port. A page that has its own host name resolve to this machine (DNS rebinding) sends that name.
 */
export function isHostAllowed({ headers }: IncomingMessage, allowed: readonly string[]): boolean {
  if (allowed.length === 0) return true;
  try {
    return allowed.includes(new URL(`http://${headers.host}`).hostname);
  } catch {
    return false;
  }
}

/** The message of a refusal. */
export const HOST_REFUSED = 'This host name is not served. Add it to the setting `ALLOWED_HOSTS`.';

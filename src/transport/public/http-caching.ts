import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Actor } from '../../policies';

/**
 * Request headers by which answers to GET requests differ. One line, because nginx before 1.23 reads only one. The
 * credential is among them: it selects the price list.
 */
const VARY = 'Accept, Accept-Encoding, Authorization, Origin';

/** Number of bytes of a digest in an ETag. */
const TAG_BYTES = 18;

/** Whether answers to a request may be stored by HTTP caches. */
export const isCacheableMethod = ({ method }: Pick<IncomingMessage, 'method'>): boolean =>
  method === 'GET' || method === 'HEAD';

/**
 * Returns the caching headers of a public answer, names and values in turn. Only answers without a credential are shared;
 * without `maxAge` seconds, caches revalidate each time.
 */
export function cachingHeaders(actor: Actor | null, maxAge: number): readonly string[] {
  const shared = maxAge > 0 ? `public, max-age=${maxAge}` : 'public, no-cache';
  return ['cache-control', actor ? 'private, no-store' : shared, 'vary', VARY];
}

/**
 * Creates the strong ETag of a body and its headers. Bytes rather than the version of the catalog: another release of the
 * gateway can write the same version differently.
 */
export function etagOf(headers: readonly string[], body: Buffer): string {
  const digest = createHash('sha256').update(headers.join('\n')).update('\n\n').update(body).digest();
  return `"${digest.subarray(0, TAG_BYTES).toString('base64url')}"`;
}

/** Whether `If-None-Match` contains an ETag, by weak comparison (RFC 9110, section 13.1.2). */
export function isNotModified({ headers }: IncomingMessage, etag: string): boolean {
  const condition = headers['if-none-match'];
  if (condition === undefined) return false;
  if (condition === etag || condition.trim() === '*') return true;
  return condition.match(/"[^"]*"/g)?.includes(etag) ?? false;
}

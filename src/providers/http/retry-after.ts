import type { IncomingHttpHeaders } from 'node:http';
import { currentTimeMs } from '../../clock';

const SECONDS = /^\d{1,9}$/;
const HTTP_DATE = /^[A-Z][a-z]+, .+ GMT$/;

/**
 * Parses `Retry-After` (RFC 9110, 10.2.3) to milliseconds. An HTTP date is compared with the `Date` of the response if there is
 * one, because the clock of the sender may differ. Returns undefined when the header is absent or invalid.
 */
export function retryAfterMs(headers: IncomingHttpHeaders): number | undefined {
  const text = headers['retry-after']?.trim() ?? '';
  if (SECONDS.test(text)) return Number(text) * 1000;
  const at = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) return undefined;
  const sent = Date.parse(headers.date ?? '');
  return Math.max(0, at - (Number.isNaN(sent) ? currentTimeMs() : sent));
}

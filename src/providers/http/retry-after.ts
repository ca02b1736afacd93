import type { IncomingHttpHeaders } from 'node:http';
import { currentTimeMs } from '../../clock';

const SECONDS = /^\d{1,9}$/;
const HTTP_DATE = /^[A-Z][a-z]+, .+ GMT$/;

/**
 * Milliseconds that `Retry-After` asks for: seconds, or an HTTP date, which is compared with the sender's own `Date` where
 * there is one, because its clock may differ. Undefined when the header is absent or is neither (RFC 9110, 10.2.3).
 */
export function retryAfterMs(headers: IncomingHttpHeaders): number | undefined {
  const text = headers['retry-after']?.trim() ?? '';
  if (SECONDS.test(text)) return Number(text) * 1000;
  const at = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) return undefined;
  const sent = Date.parse(headers.date ?? '');
  return Math.max(0, at - (Number.isNaN(sent) ? currentTimeMs() : sent));
}

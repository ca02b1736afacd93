import type { IncomingHttpHeaders } from 'node:http';
import { currentTimeMs } from '../../clock';

const SECONDS = /^\d{1,9}$/;
const HTTP_DATE = /^[A-Z][a-z]+, .+ GMT$/;

/** Parses `Retry-After` (RFC 9110, 10.2.3) to ms, a date by the sender's clock (`Date`). Undefined if it is invalid. */
export function retryAfterMs(headers: IncomingHttpHeaders): number | undefined {
  const text = headers['retry-after']?.trim() ?? '';
  if (SECONDS.test(text)) return Number(text) * 1000;
  const at = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) return undefined;
  const sent = Date.parse(headers.date ?? '');
  return Math.max(0, at - (Number.isNaN(sent) ? currentTimeMs() : sent));
}

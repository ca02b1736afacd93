import type { ServerResponse } from 'node:http';

const ALWAYS = Object.entries({
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
});

const YEAR_SECONDS = 365 * 24 * 3600;

/** What browsers are told about every answer; a page sets its own Content-Security-Policy. */
export function securityHeaders(response: ServerResponse, production: boolean): void {
  for (const [name, value] of ALWAYS) response.setHeader(name, value);
  // Browsers heed it only over TLS, which a proxy in front ends.
  if (production) response.setHeader('strict-transport-security', `max-age=${YEAR_SECONDS}`);
}

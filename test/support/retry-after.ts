/** Ways to ask a caller for a pause: each status, in seconds and as a date, which has no milliseconds. */
export const PAUSES: [status: number, form: string, retryAfter: () => string][] = [
  [429, 'seconds', () => '2'],
  [429, 'an HTTP date', () => new Date(Date.now() + 3000).toUTCString()],
  [503, 'seconds', () => '2'],
  [503, 'an HTTP date', () => new Date(Date.now() + 3000).toUTCString()],
];

/** The earliest time of the next call, in milliseconds since the epoch, where the refused one came at `at`. */
export const endOf = (retryAfter: string, at: number): number =>
  /^\d+$/.test(retryAfter) ? at + Number(retryAfter) * 1000 : Date.parse(retryAfter);

const MAX_ATTEMPTS = 3;
/** Maximum `Retry-After` to wait for. A longer one is shown as an error. */
const MAX_WAIT_S = 5;

/**
 * Retries requests that the gateway has rejected with 429 or 503, after `Retry-After`. Such a request was not executed, so a
 * mutation can be retried too.
 */
export function withRetries(send: typeof fetch): typeof fetch {
  return async (input, init) => {
    for (let attempt = 1; ; attempt += 1) {
      const response = await send(input, init);
      const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
      const retryable = (response.status === 429 || response.status === 503) && seconds <= MAX_WAIT_S;
      if (!retryable || attempt === MAX_ATTEMPTS) return response;
      await new Promise(resolve => setTimeout(resolve, seconds * 1000));
    }
  };
}

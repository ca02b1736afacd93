import { CREDENTIALS } from './credentials';

/** Sends a request to the control of the simulator at `simulatorUrl`, with its key. */
export const control = (simulatorUrl: string, path: string, init: { method?: string; body?: string } = {}) =>
  fetch(new URL(`/_control${path}`, simulatorUrl), {
    ...init,
    headers: { authorization: `Bearer ${CREDENTIALS.apiKey}`, 'content-type': 'application/json' },
  });

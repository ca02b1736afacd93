import { found } from '../../support/until';

const PAUSE_MS = 50;

/** The first call with the key is still running: its answer comes to whoever repeats it. */
const stillRunning = (data: Record<string, any>) =>
  Object.values(data).some(payload =>
    payload?.errors?.some?.(({ code }: { code: string }) => code === 'IDEMPOTENCY_IN_PROGRESS'),
  );

/** What came back; undefined where nobody took the connection, or it broke. */
async function exchange(url: string, token: string, body: string) {
  try {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
    return { status: response.status, text: await response.text() };
  } catch {
    return undefined;
  }
}

async function attempt(url: string, token: string, body: string) {
  const answer = await exchange(url, token, body);
  // Who answers in the gateway's place, or is broken, has not answered.
  if (!answer || answer.status >= 500) return undefined;
  const { data, errors } = JSON.parse(answer.text) as Record<string, any>;
  if (errors?.some(({ extensions }: any) => extensions.code !== 'INTERNAL_SERVER_ERROR')) {
    throw new Error(JSON.stringify(errors));
  }
  return errors || stillRunning(data) ? undefined : data;
}

/**
 * Sends a document again and again until it is answered, the same each time: as a client does whose gateway went away,
 * and as it may where the mutation has a key.
 */
export async function insist(url: string, token: string, query: string, variables: object) {
  const body = JSON.stringify({ query, variables });
  return found<Record<string, any>>(() => attempt(url, token, body), {
    what: `an answer of ${url} to ${query}`,
    withinMs: 120_000,
    everyMs: PAUSE_MS,
  });
}

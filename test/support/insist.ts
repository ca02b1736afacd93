import { found } from './until';

const PAUSE_MS = 50;
/** Longer than the timeout of a request at the gateway. */
const PATIENCE_MS = 35_000;

/** An answer as a client sees it; undefined where it has none. */
export type Answer = { status: number; text: string } | undefined;

type Note = (answer: Answer) => void;

/** The first call with the key is still running: its answer comes to whoever repeats it. */
const stillRunning = (data: Record<string, any>) =>
  Object.values(data).some(payload =>
    payload?.errors?.some?.(({ code }: { code: string }) => code === 'IDEMPOTENCY_IN_PROGRESS'),
  );

/** Sends one request; undefined where nobody took the connection, or it broke. */
export async function exchange(url: string, token: string | null, body: string): Promise<Answer> {
  try {
    const headers = {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    };
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body, signal });
    return { status: response.status, text: await response.text() };
  } catch {
    return undefined;
  }
}

async function attempt(url: string, token: string, body: string, note: Note) {
  const answer = await exchange(url, token, body);
  note(answer);
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
export async function insist(
  url: string,
  token: string,
  query: string,
  variables: object,
  note: Note = () => undefined,
) {
  const body = JSON.stringify({ query, variables });
  return found<Record<string, any>>(() => attempt(url, token, body, note), {
    what: `an answer of ${url} to ${query}`,
    withinMs: 120_000,
    everyMs: PAUSE_MS,
  });
}

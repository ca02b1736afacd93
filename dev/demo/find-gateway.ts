import { type DemoGateway, startOwnGateway } from './own-gateway';
import { print } from './screen';

const ANSWER_MS = 3000;

/** Running gateway, or else a new private one. Throws if `SKYBASKET_URL` is set and does not answer. */
export async function findGateway({ SKYBASKET_URL, PORT }: NodeJS.ProcessEnv): Promise<DemoGateway> {
  const named = SKYBASKET_URL?.trim();
  const url = (named || `http://127.0.0.1:${PORT?.trim() || '4000'}`).replace(/\/+$/, '');
  if (await lives(url)) {
    print(`The demo uses the gateway at ${url}.`);
    return { url, stop: async () => undefined };
  }
  if (named) throw new Error(`No gateway answers at ${named} (SKYBASKET_URL).`);
  print(`No gateway answers at ${url}. Starting a private one …`);
  const own = await startOwnGateway();
  print(`… at ${own.url}, with a temporary database.`);
  return own;
}

async function lives(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(ANSWER_MS) });
    const body = (await response.json()) as { status?: unknown };
    return response.ok && body.status === 'ok';
  } catch {
    return false;
  }
}

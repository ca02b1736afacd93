import { type DemoGateway, startOwnGateway } from './own-gateway';
import { print } from './screen';

const ANSWER_MS = 3000;

/** The gateway that runs, or one of the demo's own. One that is named and does not answer is not replaced. */
export async function findGateway({ SKYBASKET_URL, PORT }: NodeJS.ProcessEnv): Promise<DemoGateway> {
  const named = SKYBASKET_URL?.trim();
  const url = (named || `http://127.0.0.1:${PORT?.trim() || '4000'}`).replace(/\/+$/, '');
  if (await lives(url)) {
    print(`The demo is played against the gateway at ${url}.`);
    return { url, stop: async () => undefined };
  }
  if (named) throw new Error(`SKYBASKET_URL names ${named}, where no gateway answers.`);
  print(`No gateway answers at ${url}: the demo starts one of its own …`);
  const own = await startOwnGateway();
  print(`… at ${own.url}, with a database that is gone afterwards.`);
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

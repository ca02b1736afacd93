import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { BASE_PATH } from '../../src/providers/impossible-cloud/wire';

/** One call as it went over the wire. */
export interface Recorded {
  endpoint: string;
  body: Record<string, any>;
  /** Time of arrival, in milliseconds since the epoch. */
  at: number;
}

/** A proxy between gateway and simulator that remembers what passes, and can make it wait. */
export interface RecordingProxy {
  /** The base URL to give to the gateway. */
  url: string;
  /** Where calls go: the simulator's base URL, set when there is one. */
  target: string;
  calls: Recorded[];
  /** Keeps every call of `endpoint` that is not a pre-check waiting until `release`. */
  hold(endpoint: string): void;
  /** Keeps the next pre-check waiting until `release`, and no other; resolves when it is there. */
  holdPrecheck(): Promise<void>;
  release(): void;
  stop(): Promise<void>;
}

/** Starts a proxy on the loopback interface. */
export async function startRecordingProxy(): Promise<RecordingProxy> {
  const server = http.createServer((request, response) => void pass(request, response));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const held = new Set<string>();
  const waiting: (() => void)[] = [];
  let arrived: (() => void) | undefined;
  const proxy: RecordingProxy = {
    url: `http://127.0.0.1:${port}${BASE_PATH}`,
    target: '',
    calls: [],
    hold: endpoint => void held.add(endpoint),
    holdPrecheck: () =>
      new Promise(resolve => {
        arrived = resolve;
      }),
    release() {
      held.clear();
      arrived = undefined;
      for (const go of waiting.splice(0)) go();
    },
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function pass(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const body = JSON.parse(text);
    const endpoint = (request.url ?? '').slice(BASE_PATH.length);
    proxy.calls.push({ endpoint, body, at: Date.now() });
    const here = body.CheckOnly ? arrived : undefined;
    if (here || (held.has(endpoint) && !body.CheckOnly)) {
      arrived = undefined;
      await new Promise<void>(resolve => {
        waiting.push(resolve);
        here?.();
      });
    }
    const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers;
    try {
      const answer = await fetch(new URL(endpoint, proxy.target), {
        method: request.method ?? 'POST',
        headers: headers as Record<string, string>,
        body: text,
      });
      const retryAfter = answer.headers.get('retry-after');
      const more = { 'content-type': 'application/json', ...(retryAfter && { 'retry-after': retryAfter }) };
      response.writeHead(answer.status, more).end(await answer.text());
    } catch {
      // What breaks behind it breaks before it.
      response.socket?.resetAndDestroy();
    }
  }

  return proxy;
}

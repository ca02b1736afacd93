import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { BASE_PATH } from '../provider/wire';
import { Control } from './control';
import { HttpError, sendJson } from './http';
import { type Service, serveCall } from './serve-call';
import { Store } from './store';

/** How to start the simulator. Without `journalPath` it forgets everything at its end. */
export interface SimulatorOptions {
  /** 0, the default, picks a free one. */
  port?: number | undefined;
  journalPath?: string | undefined;
  applicationId: string;
  apiKey: string;
  /** Milliseconds added to every call of the contract. */
  delayMs?: number | undefined;
}

/** A running simulator; `url` is the base URL that a client of the contract is given. */
export interface Simulator {
  url: string;
  port: number;
  /** Ends all connections and resolves when the port is free; repeatable. */
  stop(): Promise<void>;
}

/** Starts a provider that is a real HTTP server, on the loopback interface; rejects when the port is taken. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const store = new Store(options.journalPath);
  const stopping = new AbortController();
  const service: Service = {
    store,
    control: new Control(store),
    applicationId: options.applicationId,
    apiKey: options.apiKey,
    delayMs: options.delayMs ?? 0,
    stopping: stopping.signal,
  };
  const server = http.createServer((request, response) => {
    route(request, response, service).catch((error: unknown) => fail(response, error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  let stopped: Promise<void> | undefined;
  return {
    url: `http://127.0.0.1:${port}${BASE_PATH}`,
    port,
    stop: () => {
      stopped ??= new Promise(resolve => {
        stopping.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return stopped;
    },
  };
}

async function route(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  service: Service,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const { pathname } = url;
  if (pathname === '/_control' || pathname.startsWith('/_control/')) {
    return service.control.serve(request, response, url);
  }
  if (!pathname.startsWith(BASE_PATH)) throw new HttpError(404, `There is nothing at ${pathname}`);
  return serveCall(request, response, pathname.slice(BASE_PATH.length), service);
}

/** A body that was not read to its end makes the connection useless for another request, so it closes. */
function fail(response: http.ServerResponse, error: unknown): void {
  if (response.destroyed || response.headersSent) return;
  const known = error instanceof HttpError;
  if (!known || error.status === 413) response.setHeader('Connection', 'close');
  sendJson(response, known ? error.status : 500, {
    Message: known ? error.message : 'The simulator failed',
  });
}

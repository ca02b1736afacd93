import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { BASE_PATH } from '../../src/providers/impossible-cloud/wire';
import { BROKER_PATH } from './broker/endpoints';
import { serveBroker } from './broker/serve';
import { Control } from './control';
import { HttpError, sendJson } from './http';
import { type SimulatorService, serveCall } from './serve-call';
import { Store } from './store';

/** How to start the simulator. Without `journalPath` it forgets everything at its end. */
export interface SimulatorOptions {
  /** 0, the default, picks a free one. */
  port?: number | undefined;
  journalPath?: string | undefined;
  applicationId: string;
  /** Callers of the contracts and of the control send it. */
  apiKey: string;
  /** Milliseconds added to every call of the contract. */
  delayMs?: number | undefined;
  /** Milliseconds that the broker works on what it accepts; 20 unless told. */
  workMs?: number | undefined;
}

/** A running simulator; `url` is the base URL of the service manager, `brokerUrl` that of the broker. */
export interface Simulator {
  url: string;
  brokerUrl: string;
  port: number;
  /** Ends all connections and resolves when the port is free; repeatable. */
  stop(): Promise<void>;
}

/**
 * Starts both providers as one real HTTP server on the loopback interface, with one control and one ledger; rejects when
 * the port is taken.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const store = new Store(options.journalPath);
  const stopping = new AbortController();
  const service: SimulatorService = {
    store,
    control: new Control(store, options.apiKey),
    applicationId: options.applicationId,
    apiKey: options.apiKey,
    delayMs: options.delayMs ?? 0,
    workMs: options.workMs ?? 20,
    stopping: stopping.signal,
  };
  const server = http.createServer((request, response) => {
    route(request, response, service).catch((error: unknown) => fail(request, response, error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  let stopped: Promise<void> | undefined;
  return {
    url: `http://127.0.0.1:${port}${BASE_PATH}`,
    brokerUrl: `http://127.0.0.1:${port}${BROKER_PATH}`,
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
  service: SimulatorService,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const { pathname } = url;
  if (pathname === '/_control' || pathname.startsWith('/_control/')) {
    return service.control.serve(request, response, url);
  }
  if (pathname.startsWith(BROKER_PATH)) return serveBroker(request, response, url, service);
  if (!pathname.startsWith(BASE_PATH)) throw new HttpError(404, `There is nothing at ${pathname}`);
  return serveCall(request, response, pathname.slice(BASE_PATH.length), service);
}

/** A body that was not read to its end makes the connection useless for another request, so it closes. */
function fail(request: http.IncomingMessage, response: http.ServerResponse, error: unknown): void {
  if (response.destroyed || response.headersSent) return;
  const known = error instanceof HttpError;
  if (!known || error.status === 413) response.setHeader('Connection', 'close');
  const words = known ? error.message : 'The simulator failed';
  const broker = request.url?.startsWith(BROKER_PATH) ?? false;
  const body = broker ? { description: words } : { Message: words };
  sendJson(response, known ? error.status : 500, body);
}

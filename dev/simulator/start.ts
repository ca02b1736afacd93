import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { BASE_PATH } from '../../src/providers/impossible-cloud/wire';
import { BROKER_PATH } from './broker/endpoints';
import { serveBroker } from './broker/serve';
import { Control } from './control';
import { HttpError, sendJson } from './http';
import { type SimulatorService, serveCall } from './serve-call';
import { Store } from './store';

/** Options of the simulator. Without `journalPath`, its state is in memory only. */
export interface SimulatorOptions {
  /** Port. Default 0, which picks a free port. */
  port?: number | undefined;
  journalPath?: string | undefined;
  applicationId: string;
  /** API key of both contracts and of the control API. */
  apiKey: string;
  /** Delay of every call of the contract, in milliseconds. Default 0. */
  delayMs?: number | undefined;
  /** Duration of asynchronous work at the broker, in milliseconds. Default 20. */
  workMs?: number | undefined;
}

/** Running simulator. `url` is the base URL of the service manager, `brokerUrl` of the broker. */
export interface Simulator {
  url: string;
  brokerUrl: string;
  port: number;
  /** Closes all connections. Resolves when the port is free. Can be called again. */
  stop(): Promise<void>;
}

/**
 * Starts both providers as one HTTP server on the loopback interface, with one control API and one ledger. Rejects if
 * the port is in use.
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

/** Closes the connection if the body was not read completely, because it cannot serve another request. */
function fail(request: http.IncomingMessage, response: http.ServerResponse, error: unknown): void {
  if (response.destroyed || response.headersSent) return;
  const known = error instanceof HttpError;
  if (!known || error.status === 413) response.setHeader('Connection', 'close');
  const words = known ? error.message : 'The simulator failed';
  const broker = request.url?.startsWith(BROKER_PATH) ?? false;
  const body = broker ? { description: words } : { Message: words };
  sendJson(response, known ? error.status : 500, body);
}

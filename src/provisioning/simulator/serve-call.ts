import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ZodError } from 'zod';
import { HEADERS } from '../provider/wire';
import type { Control } from './control';
import type { Prepared, Served } from './endpoints';
import { SERVED } from './endpoints';
import { HttpError, readJson } from './http';
import { Refusal } from './refusal';
import { complaint } from './requests';
import { refusal, respond } from './respond';
import type { Store } from './store';

/** What serving a call needs; `delayMs` is added to every call, `stopping` ends the waits of those under way. */
export interface Service {
  store: Store;
  control: Control;
  applicationId: string;
  apiKey: string;
  delayMs: number;
  stopping: AbortSignal;
}

/** Serves one call of the contract; `path` is relative to the base path. Throws HttpError for what is not one. */
export async function serveCall(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  service: Service,
): Promise<void> {
  const prepared = await prepare(request, path, service);
  const { control } = service;
  const leave = control.traffic.enter(prepared.call);
  // A caller that gives up has left, though the work it asked for may still be done.
  response.once('close', leave);
  const fault = control.faults.take(prepared.call) ?? control.named.take(prepared.call);
  const delay = service.delayMs + (fault?.delayMs ?? 0);
  if (delay > 0) await sleep(delay, undefined, { signal: service.stopping });
  respond({ response, leave, act: () => work(prepared, request, service) }, fault);
}

async function prepare(request: IncomingMessage, path: string, service: Service): Promise<Prepared> {
  const endpoint = Object.keys(SERVED).find((it): it is keyof typeof SERVED => it === path);
  if (endpoint === undefined) throw new HttpError(404, `There is no endpoint ${path}`);
  const served: Served = SERVED[endpoint];
  if (request.method !== served.method) throw new HttpError(405, `${path} takes ${served.method}`);
  const sent = (name: string): string | string[] | undefined => request.headers[name.toLowerCase()];
  if (sent(HEADERS.applicationId) !== service.applicationId || sent(HEADERS.apiKey) !== service.apiKey) {
    throw new HttpError(401, 'Unknown application id or API key');
  }
  const body = await readJson(request);
  try {
    return served.prepare(body, endpoint);
  } catch (error) {
    throw error instanceof ZodError ? new HttpError(400, complaint(error)) : error;
  }
}

function work(prepared: Prepared, request: IncomingMessage, { store }: Service): unknown {
  const trackId = String(request.headers[HEADERS.trackId.toLowerCase()] ?? '');
  try {
    return prepared.work({ store, trackId, at: new Date().toISOString() });
  } catch (error) {
    if (error instanceof Refusal) return refusal(error.code, error.message);
    throw error;
  }
}

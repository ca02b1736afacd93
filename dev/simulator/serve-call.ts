import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ZodError } from 'zod';
import { currentTime } from '../../src/clock';
import { HEADERS } from '../../src/providers/impossible-cloud/wire';
import type { Call } from './call';
import type { Control } from './control';
import type { EndpointHandler, PreparedCall } from './endpoints';
import { HANDLERS } from './endpoints';
import { HttpError, readJson } from './http';
import { Refusal } from './refusal';
import { validationMessage } from './requests';
import { type PendingCall, respond } from './respond';
import type { Store } from './store';

/** Dependencies of a call. `delayMs` delays every call; `stopping` aborts pending delays. */
export interface SimulatorService {
  store: Store;
  control: Control;
  applicationId: string;
  apiKey: string;
  delayMs: number;
  /** Duration of accepted work at the broker. 0 finishes at once. */
  workMs: number;
  stopping: AbortSignal;
}

/** Serves one call of the service manager. `path` is relative to its base path. Throws HttpError for an invalid call. */
export async function serveCall(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  service: SimulatorService,
): Promise<void> {
  const prepared = await prepare(request, path, service);
  await answerCall(response, prepared.call, service, {
    act: () => ({ status: 200, body: work(prepared, request, service) }),
    refuse: ({ code, message }) => ({ status: 200, body: refusal(code, message) }),
  });
}

/** Counts a call of either contract, applies its fault, and sends the response. */
export async function answerCall(
  response: ServerResponse,
  call: Call,
  { control, delayMs, stopping }: SimulatorService,
  how: Pick<PendingCall, 'act' | 'refuse'>,
): Promise<void> {
  const leave = control.traffic.enter(call);
  // After a caller's timeout the call is no longer in flight, although its work may still be done.
  response.once('close', leave);
  const fault = control.faults.take(call) ?? control.named.take(call);
  const delay = delayMs + (fault?.delayMs ?? 0);
  if (delay > 0) await sleep(delay, undefined, { signal: stopping });
  respond({ response, leave, ...how }, fault);
}

/** Refusal in the format of the contract, sent with HTTP 200. */
function refusal(code: number, message: string): object {
  return { Code: code, Message: message, Result: null };
}

async function prepare(
  request: IncomingMessage,
  path: string,
  service: SimulatorService,
): Promise<PreparedCall> {
  const endpoint = Object.keys(HANDLERS).find((it): it is keyof typeof HANDLERS => it === path);
  if (endpoint === undefined) throw new HttpError(404, `There is no endpoint ${path}`);
  const served: EndpointHandler = HANDLERS[endpoint];
  if (request.method !== served.method) throw new HttpError(405, `${path} takes ${served.method}`);
  const sent = (name: string): string | string[] | undefined => request.headers[name.toLowerCase()];
  if (sent(HEADERS.applicationId) !== service.applicationId || sent(HEADERS.apiKey) !== service.apiKey) {
    throw new HttpError(401, 'Unknown application id or API key');
  }
  const body = await readJson(request);
  try {
    return served.prepare(body, endpoint);
  } catch (error) {
    throw error instanceof ZodError ? new HttpError(400, validationMessage(error)) : error;
  }
}

function work(prepared: PreparedCall, request: IncomingMessage, { store }: SimulatorService): unknown {
  const trackId = String(request.headers[HEADERS.trackId.toLowerCase()] ?? '');
  try {
    return prepared.work({ store, trackId, at: currentTime().toISOString() });
  } catch (error) {
    if (error instanceof Refusal) return refusal(error.code, error.message);
    throw error;
  }
}

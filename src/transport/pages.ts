import type { ServerResponse } from 'node:http';
import type { Deps } from '../services/context';

/** `/healthz`: the process lives. */
export function health(response: ServerResponse): void {
  json(response, 200, { status: 'ok' });
}

/** `/readyz`: requests can be answered. A real statement, for a node without its cluster still answers pings. */
export async function readiness(
  response: ServerResponse,
  { events, log }: Deps,
  draining: boolean,
): Promise<void> {
  try {
    if (draining) throw new Error('draining');
    await events.catchUp();
    json(response, 200, { status: 'ready' });
  } catch (error) {
    log.warn({ err: error }, 'not ready');
    json(response, 503, { status: 'not ready' });
  }
}

function json(response: ServerResponse, status: number, body: object): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(body));
}

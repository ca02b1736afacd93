import type { ServerResponse } from 'node:http';
import type { Dependencies } from '../services/context';

/** `/healthz`: the process lives. */
export function health(response: ServerResponse): void {
  json(response, 200, { status: 'ok' });
}

/** `/readyz`: whether reads and writes are possible, and which migrations are missing. */
export async function readiness(
  response: ServerResponse,
  { db, readinessTimeoutMs }: Dependencies,
  draining: boolean,
): Promise<void> {
  if (draining) return json(response, 503, { status: 'not ready' });
  const { ready, ...found } = await db.readiness(readinessTimeoutMs);
  json(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not ready', ...found });
}

function json(response: ServerResponse, status: number, body: object): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(body));
}

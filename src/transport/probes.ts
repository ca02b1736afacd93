import type { ServerResponse } from 'node:http';
import type { Dependencies } from '../services/context';

/** `/healthz`: liveness of the process. */
export function health(response: ServerResponse): void {
  json(response, 200, { status: 'ok' });
}

/** `/readyz`: readiness for reads and writes, and the missing migrations. */
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

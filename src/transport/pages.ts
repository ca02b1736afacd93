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

const LINKS = [
  ['/graphql', 'the graph, over HTTP and WebSocket'],
  ['/graphql/stream', 'its subscriptions, over Server-Sent Events'],
  ['/healthz', 'whether the process lives'],
  ['/readyz', 'whether it can answer'],
] as const;

/** `/`: what is where. */
export function index(response: ServerResponse): void {
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(`<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Skybasket</title>
<style>:root{color-scheme:light dark}body{font:1.1rem/1.6 system-ui;max-width:36rem;margin:4rem auto;padding:0 1rem}</style>
<h1>Skybasket</h1><p>A GraphQL commerce gateway for cloud services.</p>
<ul>${LINKS.map(([href, text]) => `<li><a href="${href}">${href}</a> ${text}</li>`).join('')}</ul></html>
`);
}

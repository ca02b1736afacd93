import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { announce } from '../lib/processes';

type Answer = (variables: Record<string, never>, headers: IncomingHttpHeaders) => Promise<unknown>;

/** Minimal JSON server, without a framework and GraphQL. */
export function serveJson(answer: Answer): void {
  const server = createServer(async (request, response) => {
    const { variables } = JSON.parse(await read(request)) as { variables: Record<string, never> };
    const body = Buffer.from(JSON.stringify({ data: await answer(variables, request.headers) }));
    response.writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': body.length,
    });
    response.end(body);
  });
  server.listen(0, '127.0.0.1', () => announce(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
}

function read(request: IncomingMessage): Promise<string> {
  return new Promise(resolve => {
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => resolve(Buffer.concat(chunks).toString()));
  });
}

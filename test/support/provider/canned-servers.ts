import http from 'node:http';
import net from 'node:net';
import { atTheEnd } from '../cleanup';

/** A call as a recording server received it. */
export interface Seen {
  method: string;
  path: string;
  headers: http.IncomingHttpHeaders;
  body: unknown;
}

/** A TCP server that passes every connection to `serve`: for answers that no HTTP server would give. */
export async function tcp(
  serve: (socket: net.Socket) => void,
): Promise<{ port: number; stop(): Promise<void> }> {
  const open = new Set<net.Socket>();
  const server = net.createServer(socket => {
    open.add(socket);
    socket.on('error', () => undefined);
    serve(socket);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const stop = (): Promise<void> =>
    new Promise(resolve => {
      for (const socket of open) socket.destroy();
      server.close(() => resolve());
    });
  atTheEnd(stop);
  return { port: (server.address() as net.AddressInfo).port, stop };
}

/** Answers every complete request with the bytes that `answer` returns; undefined drops the connection. */
export function raw(
  answer: (nth: number) => string | undefined,
): Promise<{ port: number; requests(): number }> {
  let requests = 0;
  return tcp(socket => {
    let text = '';
    socket.on('data', chunk => {
      text += chunk.toString('utf8');
      const head = text.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (head < 0 || Buffer.byteLength(text.slice(head + 4)) < length) return;
      text = '';
      requests += 1;
      const bytes = answer(requests);
      if (bytes === undefined) socket.destroy();
      else socket.write(bytes);
    });
  }).then(({ port }) => ({ port, requests: () => requests }));
}

/** An HTTP answer as bytes. */
export function answer(status: number, body: string, headers = ''): string {
  return `HTTP/1.1 ${status} Any\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${headers}\r\n${body}`;
}

/** An HTTP server that records its requests and answers each of them with `result`. */
export async function recorder(result: unknown): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    seen.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
    response.end(JSON.stringify(result));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  atTheEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${port}/v1/integration/infiterra`, seen };
}

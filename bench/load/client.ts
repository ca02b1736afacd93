import { connect, type Socket } from 'node:net';
import type { LoadOrder, LoadResult } from './load';

/**
 * Entry point of the load generator process: a number of connections with one request in flight each. Parses only the
 * necessary parts of HTTP, so that it costs less than the servers that it measures.
 */
process.on('message', (order: LoadOrder) => {
  drive(order).then(
    result => process.send?.(result),
    (error: Error) => process.send?.({ error: error.message }),
  );
});
process.on('disconnect', () => process.exit(0));

const WIDTH = 9;
let counter = 100_000_000;

/** Returns the bytes of one request. Replaces `#########` in the body with a unique number. */
function request({ host, path, headers, body }: LoadOrder): () => string {
  const isGet = body === '';
  const lines = Object.entries({
    ...(!isGet && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `${isGet ? 'GET' : 'POST'} ${path} HTTP/1.1\r\nhost: ${host}\r\n${lines.join('')}\r\n`;
  const [before = '', after] = body.split('#'.repeat(WIDTH));
  if (after === undefined) return () => head + body;
  return () => {
    counter += 1;
    return `${head}${before}${counter}${after}`;
  };
}

async function drive(order: LoadOrder): Promise<LoadResult> {
  const times: number[] = [];
  const next = request(order);
  const ends = performance.now() + order.ms;
  const began = performance.now();
  await Promise.all(Array.from({ length: order.connections }, () => client(order, next, times, ends)));
  const seconds = (performance.now() - began) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { requests: times.length, seconds, p50: at(0.5), p99: at(0.99) };
}

/** Parser of responses. Throws for a response other than 304, or 200 with a content-length. */
function reader(done: () => void): (chunk: Buffer) => void {
  let head = '';
  let left = -1;
  return chunk => {
    if (left >= 0) {
      left -= chunk.length;
    } else {
      head += chunk.toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      const isUnmodified = head.startsWith('HTTP/1.1 304');
      const length = isUnmodified ? '0' : /content-length: *(\d+)/i.exec(head.slice(0, end))?.[1];
      if (!(isUnmodified || head.startsWith('HTTP/1.1 200')) || !length)
        throw new Error(`Unexpected response: ${head.slice(0, 400)}`);
      left = Number(length) - (head.length - end - 4);
    }
    if (left > 0) return;
    head = '';
    left = -1;
    done();
  };
}

function client(order: LoadOrder, next: () => string, times: number[], ends: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ host: order.host, port: order.port, noDelay: true });
    let sent = 0;
    const send = () => {
      sent = performance.now();
      if (sent < ends) socket.write(next());
      else socket.end(resolve);
    };
    const read = reader(() => {
      times.push(performance.now() - sent);
      send();
    });
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('The server closed the connection.')));
    socket.on('data', chunk => {
      try {
        read(chunk);
      } catch (error) {
        reject(error as Error);
        socket.destroy();
      }
    });
  });
}

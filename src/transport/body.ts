import type { IncomingMessage } from 'node:http';

/** The largest body that is read, in bytes. */
export const MOST_BYTES = 256 * 1024;

/** The client sent more than that. */
export class BodyTooLarge extends Error {
  constructor() {
    super(`A request may have at most ${MOST_BYTES / 1024} KiB.`);
  }
}

/** The body as text. What is too large is read to its end, or to four times the bound, but not kept. */
export function readBody(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MOST_BYTES) chunks.push(chunk);
      else if (bytes > 4 * MOST_BYTES) reject(new BodyTooLarge());
    });
    request.on('end', () => {
      if (bytes > MOST_BYTES) reject(new BodyTooLarge());
      else resolve(Buffer.concat(chunks).toString('utf8'));
    });
    request.on('error', reject);
  });
}

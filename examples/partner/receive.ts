import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { openInbox, type WebhookMessage } from './inbox';
import { RECEIVER_PORT } from './settings';
import { readWebhook } from './webhook';

/** Messages are smaller by far. */
const MAX_BYTES = 64 * 1024;

/** Receives the messages of our webhook until it is stopped. */
export async function receiveCommand(): Promise<void> {
  const own = readWebhook();
  if (!own) throw new Error('Create the webhook first.');
  const verifier = new Webhook(own.secret);
  const inbox = openInbox();

  /** Returns the status of the answer. */
  const receive = async (request: IncomingMessage): Promise<number> => {
    const body = await readBody(request);
    if (body === undefined) return 413;
    const headers = request.headers as Record<string, string>;
    // Verifies the bytes as they came, and that they are not older than five minutes.
    const message = verifier.verify(body, headers) as WebhookMessage;
    const id = String(headers['webhook-id']);
    if (!inbox.receive(id, message)) console.log(`received: ${id} again`);
    return 204;
  };

  const server = createServer((request, response) => {
    receive(request)
      .catch(error => (error instanceof WebhookVerificationError ? 401 : 500))
      .then(status => response.writeHead(status).end());
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.close());
  server.listen(RECEIVER_PORT, '127.0.0.1', () => console.log(`receives at port ${RECEIVER_PORT}`));
  await once(server, 'close');
  await inbox.processed();
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

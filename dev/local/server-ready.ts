import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';

// Recovery after a crash of the machine may take its time.
const READY_TIMEOUT_MS = 120_000;
const POLL_MS = 25;
const RETRYABLE_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'PROTOCOL_CONNECTION_LOST', 'ETIMEDOUT']);

/** Tries to connect until it succeeds; `ended` tells that the server is gone, and that waiting is of no use. */
export async function waitUntilReady(url: string, ended: () => boolean): Promise<void> {
  for (let waited = 0; !ended(); waited += POLL_MS) {
    try {
      const connection = await createConnection({ uri: url, connectTimeout: 5000 });
      await connection.end();
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (!RETRYABLE_CODES.has(code ?? '') || waited > READY_TIMEOUT_MS) throw error;
      await sleep(POLL_MS);
    }
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';

// Recovery after a crash of the machine can take long.
const READY_TIMEOUT_MS = 120_000;
const POLL_MS = 25;
const RETRYABLE_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'PROTOCOL_CONNECTION_LOST', 'ETIMEDOUT']);

/** Connects with retries. Gives up when `ended` reports that the server has ended. */
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

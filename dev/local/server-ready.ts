import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';

// Recovery after a crash of the machine may take its time.
const PATIENCE_MS = 120_000;
const PAUSE_MS = 25;
const NOT_YET = new Set(['ECONNREFUSED', 'ECONNRESET', 'PROTOCOL_CONNECTION_LOST', 'ETIMEDOUT']);

/** Tries to connect until it succeeds; `ended` tells that the server is gone, and that waiting is of no use. */
export async function waitUntilReady(url: string, ended: () => boolean): Promise<void> {
  for (let waited = 0; !ended(); waited += PAUSE_MS) {
    try {
      const connection = await createConnection({ uri: url, connectTimeout: 5000 });
      await connection.end();
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (!NOT_YET.has(code ?? '') || waited > PATIENCE_MS) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

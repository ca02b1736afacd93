import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Output whose reader may be slow, or end early. */
export interface Output {
  /** Writes a text once the reader has taken what was written before. Resolves to false after the reader has gone. */
  write(text: string): Promise<boolean>;
}

/** Output to a stream. An error other than a reader that has gone (EPIPE) rejects the next write. */
export function outputTo(stream: Writable): Output {
  let failure: NodeJS.ErrnoException | undefined;
  stream.on('error', error => (failure = error));
  const isOpen = (): boolean => {
    if (failure && failure.code !== 'EPIPE') throw failure;
    return failure === undefined;
  };
  return {
    async write(text) {
      if (!isOpen()) return false;
      if (!stream.write(text)) await once(stream, 'drain').catch(() => undefined);
      return isOpen();
    },
  };
}

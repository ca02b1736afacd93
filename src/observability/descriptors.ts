import { open } from 'node:fs/promises';
import { devNull } from 'node:os';

/** Time between two checks. */
const INTERVAL_MS = 1000;

const isExhausted = (error: unknown) =>
  ['EMFILE', 'ENFILE'].includes((error as NodeJS.ErrnoException | null)?.code ?? '');

/** Whether a file descriptor is free. Node drops new connections silently without one. */
async function canOpen(): Promise<boolean> {
  try {
    await (await open(devNull)).close();
    return true;
  } catch (error) {
    return !isExhausted(error);
  }
}

/** Calls `onChange` when file descriptors are exhausted and when they are free again. The result stops the watch. */
export function watchDescriptors(onChange: (exhausted: boolean) => void): () => void {
  let exhausted = false;
  const timer = setInterval(async () => {
    const now = !(await canOpen());
    if (now === exhausted) return;
    exhausted = now;
    onChange(now);
  }, INTERVAL_MS);
  timer.unref();
  return () => clearInterval(timer);
}

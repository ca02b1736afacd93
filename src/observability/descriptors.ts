import { open } from 'node:fs/promises';
import { devNull } from 'node:os';

/** Time between two checks. */
const EVERY_MS = 1000;

const isExhausted = (error: unknown) =>
  ['EMFILE', 'ENFILE'].includes((error as NodeJS.ErrnoException | null)?.code ?? '');

/** Whether a file can be opened now, and so a connection accepted: Node drops connections without a word when not. */
async function canOpen(): Promise<boolean> {
  try {
    await (await open(devNull)).close();
    return true;
  } catch (error) {
    return !isExhausted(error);
  }
}

/** Calls `onChange` when the process runs out of file descriptors and when it has some again. The result ends the watch. */
export function watchDescriptors(onChange: (exhausted: boolean) => void): () => void {
  let exhausted = false;
  const timer = setInterval(async () => {
    const now = !(await canOpen());
    if (now === exhausted) return;
    exhausted = now;
    onChange(now);
  }, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

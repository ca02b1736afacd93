const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const FORCED_AFTER_MS = 500;

/** The script was told to stop; its exit code is that of a process that Ctrl-C has ended. */
export class Interrupted extends Error {
  exitCode = 130;
}

const stopping = new AbortController();
let firstAt;

function onSignal(name) {
  // npm passes Ctrl-C on although the terminal has sent it already: one keystroke, two signals.
  if (firstAt !== undefined && performance.now() - firstAt > FORCED_AFTER_MS) process.exit(130);
  if (firstAt !== undefined) return;
  firstAt = performance.now();
  // The terminal is gone after SIGHUP: nothing can be written to it.
  if (name !== 'SIGHUP') console.log('Stopping …');
  stopping.abort(name);
}

/** Aborted by the first signal to stop; the reason is its name. */
export const interruption = stopping.signal;

/** Throws where the script was told to stop. */
export function checkInterrupted() {
  if (stopping.signal.aborted) throw new Interrupted('Stopped.');
}

/** Listens for signals to stop, until the returned function is called. */
export function listenForSignals() {
  // Writing to a terminal that was closed fails; the script still has to end its children.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return () => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const FORCED_AFTER_MS = 500;

/** The script received a stop signal. It exits with the code of Ctrl-C. */
export class Interrupted extends Error {
  exitCode = 130;
}

const stopping = new AbortController();
let firstAt;

function onSignal(name) {
  // npm forwards Ctrl-C although the terminal has sent it already: one keystroke, two signals.
  if (firstAt !== undefined && performance.now() - firstAt > FORCED_AFTER_MS) process.exit(130);
  if (firstAt !== undefined) return;
  firstAt = performance.now();
  // After SIGHUP the terminal is closed, so nothing can be written to it.
  if (name !== 'SIGHUP') console.log('Stopping …');
  stopping.abort(name);
}

/** Aborted by the first stop signal, whose name is the reason. */
export const interruption = stopping.signal;

/** Throws if the script has received a stop signal. */
export function checkInterrupted() {
  if (stopping.signal.aborted) throw new Interrupted('Stopped.');
}

/** Listens for stop signals until the returned function is called. */
export function listenForSignals() {
  // A write to a closed terminal fails, but the script must still end its children.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return () => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
}

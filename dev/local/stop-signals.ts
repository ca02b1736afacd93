import { monotonicMs } from '../../src/clock';

// A closed terminal sends SIGHUP.
const STOPPING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
// npm forwards Ctrl-C although the terminal has sent it already: one keystroke, two signals.
const SAME_KEYSTROKE_MS = 500;
const ORPHAN_CHECK_MS = 250;

/** Signals from the user. */
export interface StopSignals {
  /** Resolves with the first signal to stop. */
  readonly received: Promise<void>;
  readonly requested: boolean;
}

// npm's shell does not forward SIGTERM to its child. The end of npm means the same.
function onNpmExit(stop: () => void): void {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, ORPHAN_CHECK_MS);
  timer.unref();
}

/** Listens for stop signals. A second one from the user ends the process at once. */
export function listenForStop(sayStopping: () => void, force: () => void): StopSignals {
  let firstAt: number | undefined;
  const received = new Promise<void>(resolve => {
    const stop = () => {
      if (firstAt !== undefined) return;
      firstAt = monotonicMs();
      sayStopping();
      resolve();
    };
    const onSignal = () => {
      if (firstAt !== undefined && monotonicMs() - firstAt > SAME_KEYSTROKE_MS) force();
      stop();
    };
    onNpmExit(stop);
    // A write to a closed terminal fails, but the started parts must still be stopped.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
    for (const signal of STOPPING) process.on(signal, onSignal);
  });
  return {
    received,
    get requested() {
      return firstAt !== undefined;
    },
  };
}

import { Interrupted, listenForSignals } from './interrupt.mjs';
import { requireNode } from './node-version.mjs';
import { root } from './root.mjs';

/**
 * Runs a script in the folder of the repository. The exit code is the result of `main`. An error prints one sentence.
 * `--help` prints `help`.
 */
export async function script(main, help) {
  const args = process.argv.slice(2);
  if (args.some(arg => arg === '--help' || arg === '-h')) {
    console.log(help);
    return;
  }
  const stopListening = listenForSignals();
  try {
    process.chdir(root);
    requireNode();
    process.exitCode = (await main(args, stopListening)) ?? 0;
  } catch (error) {
    if (!(error instanceof Interrupted)) console.error(error instanceof Error ? error.message : error);
    process.exitCode = error.exitCode ?? 1;
  }
}

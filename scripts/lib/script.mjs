import { requireNode } from './node-version.mjs';
import { root } from './root.mjs';

/** Runs a script in the repository's folder: its exit code is what it returns, a failure is one sentence. */
export async function script(main) {
  try {
    process.chdir(root);
    requireNode();
    process.exitCode = (await main(process.argv.slice(2))) ?? 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { step } from './progress.mjs';
import { inRoot } from './root.mjs';
import { run } from './run.mjs';
import { sourcesFingerprint } from './sources.mjs';

const STAMP = inRoot('dist', '.sources');

/** Whether dist was built from the current sources. */
export const isBuilt = (sources = sourcesFingerprint(), stamp = STAMP) =>
  existsSync(stamp) && readFileSync(stamp, 'utf8') === sources;

/** Compiles src into dist, unless dist was built from the current sources. */
export async function ensureBuilt() {
  const wanted = sourcesFingerprint();
  if (isBuilt(wanted)) return;
  // Empties dist first, so that files deleted from src are deleted from dist. The pages have their own build.
  const left = existsSync(inRoot('dist')) ? readdirSync(inRoot('dist')) : [];
  for (const name of left.filter(name => name !== 'web')) rmSync(inRoot('dist', name), { recursive: true });
  const tsc = inRoot('node_modules', '.bin', 'tsc');
  const { code, output } = await step('Building …', () =>
    run(tsc, ['--project', 'tsconfig.build.json'], { quiet: true }),
  );
  if (code !== 0) throw new Error(`${output}\nThe build failed. See the output above.`);
  writeFileSync(STAMP, wanted);
}

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { step } from './progress.mjs';
import { inRoot } from './root.mjs';
import { run } from './run.mjs';
import { sourcesFingerprint } from './sources.mjs';

const STAMP = inRoot('dist', '.sources');

/** Whether dist was made from exactly these sources. */
export const isBuilt = (sources = sourcesFingerprint(), stamp = STAMP) =>
  existsSync(stamp) && readFileSync(stamp, 'utf8') === sources;

/** Compiles src into dist, unless dist was made from exactly these sources. */
export async function ensureBuilt() {
  const wanted = sourcesFingerprint();
  if (isBuilt(wanted)) return;
  // Emptied first, or what was deleted from src would live on in dist; the pages are built by themselves.
  const left = existsSync(inRoot('dist')) ? readdirSync(inRoot('dist')) : [];
  for (const name of left.filter(name => name !== 'web')) rmSync(inRoot('dist', name), { recursive: true });
  const tsc = inRoot('node_modules', '.bin', 'tsc');
  const { code, output } = await step('Building …', () =>
    run(tsc, ['--project', 'tsconfig.build.json'], { quiet: true }),
  );
  if (code !== 0) throw new Error(`${output}\nThe build failed; the reason is above.`);
  writeFileSync(STAMP, wanted);
}

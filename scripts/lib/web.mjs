import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { step } from './progress.mjs';
import { inRoot } from './root.mjs';
import { run } from './run.mjs';
import { fingerprint } from './sources.mjs';
import { ensureWebTypes } from './web-types.mjs';

const FOLDER = inRoot('dist', 'web');
const STAMP = inRoot('dist', 'web', '.sources');
const SOURCES = ['web', 'client', 'schema', 'package-lock.json', 'scripts/lib'];

/** Builds the pages, unless they were built from the current sources. */
export async function ensureWebBuilt() {
  await ensureWebTypes();
  const wanted = fingerprint(SOURCES);
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  const vite = inRoot('node_modules', 'vite', 'bin', 'vite.js');
  const { code, output } = await step('Building the pages …', () =>
    run(process.execPath, [vite, 'build', inRoot('web')], { quiet: true }),
  );
  if (code !== 0) throw new Error(`${output}\nThe build of the pages failed. See the output above.`);
  compress();
  writeFileSync(STAMP, wanted);
}

// Compressed at build time, so that the gateway does not compress while it serves.
function compress() {
  for (const name of readdirSync(FOLDER, { recursive: true })) {
    if (!/\.(js|css|svg|ttf)$/.test(name)) continue;
    const file = inRoot('dist', 'web', name);
    const bytes = readFileSync(file);
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: bytes.length > 1e6 ? 5 : 11 } };
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, quality));
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

import { isBuilt } from './lib/build.mjs';

/** Fails where `dist`, or the build whose stamp is named, was made from other sources. */
if (!isBuilt(undefined, process.argv[2])) {
  console.error(
    'dist was built from other sources: run `node scripts/build.mjs`, or `npm test`, which builds.',
  );
  process.exitCode = 1;
}

import { isBuilt } from './lib/build.mjs';

/** Fails if `dist`, or the build with the given stamp, was built from other sources. */
if (!isBuilt(undefined, process.argv[2])) {
  console.error('dist is out of date. Run `node scripts/build.mjs`, or `npm test`, which builds.');
  process.exitCode = 1;
}

import { performance } from 'node:perf_hooks';
import { ensureBuilt } from './lib/build.mjs';
import { ensureClientTypes } from './lib/client-types.mjs';
import { checkMigrations } from './lib/migrations.mjs';
import { ensureModules } from './lib/modules.mjs';
import { checkOneGraphql } from './lib/one-graphql.mjs';
import { ensurePicture } from './lib/picture.mjs';
import { inRoot } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import { script } from './lib/script.mjs';
import { checkStates } from './lib/states.mjs';
import { ensureWebTypes } from './lib/web-types.mjs';

const tool = (name, ...args) => run(inRoot('node_modules', '.bin', name), args, { quiet: true });
const built = (path, ...args) => run(process.execPath, [inRoot('dist', path), ...args], { quiet: true });

const succeeds = work => () =>
  work().then(
    () => ({ code: 0, output: '' }),
    error => ({ code: 1, output: error.message }),
  );

/** Folders whose imports are checked: .dependency-cruiser.mjs. Biome looks for cycles in `web`. */
const CRUISED = ['src', 'dev', 'client', 'bench', 'examples', 'test', 'scripts'];

const CHECKS = {
  build: succeeds(ensureBuilt),
  'documents of the console': succeeds(ensureWebTypes),
  'documents of the clients': succeeds(ensureClientTypes),
  'documents of the example': () =>
    tool('graphql-codegen', '--check', '--config', 'examples/partner/codegen.json'),
  'format and lint': () => tool('biome', 'check', '.'),
  types: () => tool('tsc', '--noEmit', '-p', 'tsconfig.json'),
  'types of the browser tests': () => tool('tsc', '--noEmit', '-p', 'test/browser/tsconfig.json'),
  'types of the pages': () => tool('tsc', '--noEmit', '-p', 'web/tsconfig.json'),
  'rooms and cycles': () => tool('depcruise', '--output-type', 'err-long', ...CRUISED),
  'picture of the rooms': () => ensurePicture({ check: true }),
  'references up to date': () => built('dev/references/emit.js', '--check'),
  'no breaking change of the released schema': () =>
    run(process.execPath, [inRoot('scripts', 'evolution.mjs')], { quiet: true }),
  contract: () => run(process.execPath, [inRoot('scripts', 'contract.mjs')], { quiet: true }),
  // Imported here, because its packages are missing before the installation.
  'files of deploy': async () => (await import('./lib/deploy.mjs')).checkDeploy(),
  'migrations safe for rolling upgrades': checkMigrations,
  'states are written in one place': () => checkStates(),
  // Fails if the lock file lacks a package, also one of another platform. Does not access a registry.
  'npm ci accepts the lock file': () =>
    run('npm', ['ci', '--dry-run', '--offline', '--no-audit', '--no-fund'], { quiet: true }),
  'one copy of graphql': checkOneGraphql,
  'dead code': () => tool('knip'),
};

async function passes(name, check) {
  const began = performance.now();
  const { code, output } = await check();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  if (code !== 0 && output) console.log(output);
  console.log(`${code === 0 ? 'pass' : 'FAIL'}  ${name} (${seconds} s)`);
  return code === 0;
}

const HELP = `Usage: npm run check

Checks format, lint, types, generated files, the contract, manifests and dead code.`;

await script(async () => {
  await ensureModules();
  let failed = 0;
  for (const [name, check] of Object.entries(CHECKS)) {
    if (!(await passes(name, check))) failed += 1;
  }
  return failed > 0 ? 1 : 0;
}, HELP);

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../support/root';
import { until } from '../support/until';

const folder = mkdtempSync(join(tmpdir(), 'skybasket-interrupted-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A repository with the scripts of this one and a single package, which comes from a file: no registry is asked. */
function clone(name: string): string {
  const repository = join(folder, name);
  cpSync(join(ROOT, 'scripts'), join(repository, 'scripts'), { recursive: true });
  const source = join(folder, `${name}-source`);
  mkdirSync(source, { recursive: true });
  writeFileSync(
    join(source, 'package.json'),
    '{"name":"typed","version":"1.0.0","main":"index.js","types":"index.d.ts"}',
  );
  writeFileSync(join(source, 'index.js'), 'module.exports = 1;');
  writeFileSync(join(source, 'index.d.ts'), 'declare const one: 1; export = one;');
  execFileSync('npm', ['pack', '--silent', '--pack-destination', repository, source], { cwd: repository });
  writeFileSync(
    join(repository, 'package.json'),
    '{"private":true,"dependencies":{"typed":"file:typed-1.0.0.tgz"}}',
  );
  execFileSync('npm', ['install', '--silent', '--package-lock-only', '--offline'], { cwd: repository });
  writeFileSync(
    join(repository, 'scripts/install.mjs'),
    `import { ensureModules } from './lib/modules.mjs';
     import { script } from './lib/script.mjs';
     await script(ensureModules, '');`,
  );
  return repository;
}

interface Run {
  child: ChildProcess;
  output: () => string;
  ended: Promise<unknown[]>;
}

function install(repository: string, env: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, ['scripts/install.mjs'], {
    cwd: repository,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, npm_config_offline: 'true', ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => (output += String(chunk)));
  return { child, output: () => output, ended: once(child, 'close') };
}

/** A package manager that has unpacked half a package and then waits: what Ctrl-C meets. */
function slowNpm(): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(
    join(bin, 'npm'),
    `#!${process.execPath}
     const { mkdirSync, writeFileSync } = require('node:fs');
     mkdirSync('node_modules/typed', { recursive: true });
     writeFileSync('node_modules/typed/package.json', '{"name":"typed","version":"1.0.0","types":"index.d.ts"}');
     writeFileSync('node_modules/half', '');
     setInterval(() => undefined, 1000);`,
  );
  chmodSync(join(bin, 'npm'), 0o755);
  return `${bin}:${process.env.PATH}`;
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'an installation that %s interrupted restarts and completes',
  async signal => {
    const repository = clone(signal);
    const first = install(repository, { PATH: slowNpm() });
    await until(() => existsSync(join(repository, 'node_modules/half')));
    first.child.kill(signal);
    expect(await first.ended).toEqual([130, null]);
    expect(first.output()).toBe(
      `Installing packages (npm install) …\n${signal === 'SIGHUP' ? '' : 'Stopping …\n'}`,
    );
    const second = install(repository);
    expect([await second.ended, second.output()]).toEqual([
      [0, null],
      'An installation of the packages was interrupted; it begins again.\nInstalling packages (npm install) …\n',
    ]);
    expect(readdirSync(join(repository, 'node_modules/typed')).sort()).toEqual([
      'index.d.ts',
      'index.js',
      'package.json',
    ]);
    expect(existsSync(join(repository, 'node_modules/half'))).toBe(false);
    const third = install(repository);
    expect([await third.ended, third.output()]).toEqual([[0, null], '']);
  },
);

test('an installation killed during an update of the lock file restarts', async () => {
  const repository = clone('killed');
  await install(repository).ended;
  rmSync(join(repository, 'node_modules/.skybasket-lock'));
  rmSync(join(repository, 'node_modules/half'), { force: true });
  const first = install(repository, { PATH: slowNpm() });
  await until(() => existsSync(join(repository, 'node_modules/half')));
  const npm = Number(
    readFileSync(`/proc/${first.child.pid}/task/${first.child.pid}/children`, 'utf8').trim(),
  );
  first.child.kill('SIGKILL');
  await first.ended;
  process.kill(npm, 'SIGKILL');
  rmSync(join(repository, 'node_modules/typed/index.d.ts'), { force: true });
  expect(await install(repository).ended).toEqual([0, null]);
  expect(existsSync(join(repository, 'node_modules/typed/index.d.ts'))).toBe(true);
});

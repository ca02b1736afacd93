import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { ROOT } from '../support/root';

const lines = (path: string) => readFileSync(join(ROOT, path), 'utf8').trim().split('\n');
const ignored = lines('deploy/Dockerfile.dockerignore').map(pattern => pattern.replace('**/', ''));
const isSent = (path: string) => !ignored.includes(relative(ROOT, path).split(sep)[0] ?? '');

const context = mkdtempSync(join(tmpdir(), 'skybasket-image-'));
afterAll(() => rmSync(context, { recursive: true, force: true }));

const node = (...args: string[]) => spawnSync(process.execPath, args, { cwd: context, encoding: 'utf8' });

test('the image is built from the gateway alone, which starts without anything of development', () => {
  cpSync(ROOT, context, { recursive: true, filter: isSent });
  symlinkSync(join(ROOT, 'node_modules'), join(context, 'node_modules'));
  const { status, stdout } = node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json');
  expect([status, stdout]).toEqual([0, '']);
  // The pages are built beside them.
  expect(readdirSync(join(context, 'dist')).sort()).toEqual([
    'client',
    'ormconfig.js',
    'ormconfig.js.map',
    'src',
  ]);
  const files = readdirSync(join(context, 'dist'), { recursive: true, encoding: 'utf8' });
  expect(files.filter(name => /simulator|demo|cluster|throwaway/.test(name))).toEqual([]);
  for (const program of ['main.js', 'commands/setup.js', 'commands/reconcile.js']) {
    expect(node(`dist/src/${program}`, '--help').status).toBe(0);
  }
});

test('the image contains the build, the schema and the production packages', () => {
  const copied = lines('deploy/Dockerfile').flatMap(line => /^COPY --from=build (\S+)/.exec(line)?.[1] ?? []);
  expect(copied.map(path => path.replace('/skybasket/', ''))).toEqual([
    'package.json',
    'node_modules',
    'schema',
    'dist',
  ]);
});

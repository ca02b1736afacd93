import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const file = resolve(__dirname, '../../scripts/lib/node-version.mjs');
const required = (version: string) =>
  spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { requireNode } from ${JSON.stringify(file)}; requireNode(process.argv[1]);`,
      version,
    ],
    { encoding: 'utf8' },
  );

test.each(['20.19.0', '20.20.2', '22.12.0', '23.0.0', '24.0.0', '26.1.0'])('Node %s is accepted', version => {
  expect(required(version)).toMatchObject({ status: 0, stderr: '' });
});

test.each(['18.20.0', '20.18.9', '21.7.0', '22.11.0'])('Node %s is refused with one sentence', version => {
  const { status, stderr } = required(version);
  expect(status).toBe(1);
  expect(stderr).toContain(
    `Skybasket needs Node 24, 22.12 or newer, or 20.19 or newer, and this is Node ${version}.`,
  );
});

test('`engines` in package.json is the range that the start accepts', () => {
  const { engines } = JSON.parse(readFileSync(resolve(__dirname, '../../package.json'), 'utf8'));
  expect(engines).toEqual({ node: '^20.19.0 || >=22.12.0' });
});

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readConfig } from '../../src/config';
import { ROOT } from '../support/root';
import { commands } from './support/commands';
import { pages } from './support/pages';

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), 'skybasket-operator-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const guide = pages.find(({ path }) => path === 'docs/guides/operator.md');
const blocksOf = (language: string): string[] =>
  (guide?.blocks ?? []).filter(block => block.language === language).map(({ text }) => text);
const [nginxConf = '', ...moreNginx] = blocksOf('nginx');
const [service = '', retention = '', timer = '', ...moreUnits] = blocksOf('ini');

test('the guide has one configuration of nginx and three units', () => {
  expect([moreNginx, moreUnits]).toEqual([[], []]);
});

const SCRIPT = `
  import { aptUnpack } from ${JSON.stringify(pathToFileURL(join(ROOT, 'scripts/lib/apt.mjs')).href)};
  process.exit((await aptUnpack(process.argv[1], 'nginx', 'nginx-light')) ? 0 : 1);`;

/** nginx of this machine, or Debian's, unpacked beside the data as `npm run cluster` does with its packages. */
function nginx(): string {
  const unpacked = join(ROOT, '.data/packages/usr/sbin/nginx');
  for (const path of ['nginx', unpacked]) if (spawnSync(path, ['-v']).status === 0) return path;
  execFileSync(process.execPath, ['--input-type=module', '-e', SCRIPT, join(ROOT, '.data/packages')]);
  return unpacked;
}

test('nginx takes the configuration of the guide', () => {
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  const subject = ['-subj', '/CN=shop.example', '-nodes', '-days', '1'];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-keyout', key, '-out', certificate, ...subject],
    {
      stdio: 'ignore',
    },
  );
  mkdirSync(join(folder, 'conf.d'));
  const text = nginxConf
    .replace('/etc/ssl/certs/shop.example.pem', certificate)
    .replace('/etc/ssl/private/shop.example.key', key)
    .replace('listen 443', 'listen 127.0.0.1:8443');
  writeFileSync(join(folder, 'conf.d/skybasket.conf'), text);
  // As Debian's own file does, without what it needs root for.
  writeFileSync(
    join(folder, 'nginx.conf'),
    `pid ${folder}/pid; error_log stderr; events {} http { access_log off; ${[
      'client_body',
      'proxy',
      'fastcgi',
      'uwsgi',
      'scgi',
    ]
      .map(name => `${name}_temp_path ${folder}/${name};`)
      .join(' ')} include ${folder}/conf.d/*.conf; }`,
  );
  const { status, stderr } = spawnSync(nginx(), ['-t', '-p', folder, '-c', join(folder, 'nginx.conf')], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, expect.stringContaining('test is successful')]);
});

test.each([
  ['skybasket.service', service, ['[Unit]', '[Service]', '[Install]']],
  ['skybasket-retention.service', retention, ['[Unit]', '[Service]']],
  ['skybasket-retention.timer', timer, ['[Unit]', '[Timer]', '[Install]']],
])('systemd takes %s of the guide', (name, block, sections) => {
  const unit = join(folder, name);
  const text = block.replaceAll('/opt/skybasket', ROOT).replace('/usr/bin/node', process.execPath);
  writeFileSync(unit, text);
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', unit], { encoding: 'utf8' });
  const ours = stderr.split('\n').filter(line => line.includes(name));
  expect([status, ours]).toEqual([0, []]);
  expect(text.match(/^\[\w+\]$/gm)).toEqual(sections);
});

test('the unit gives a gateway time to drain, and descriptors and memory for its defaults', () => {
  const of = (name: string) =>
    Number.parseInt(new RegExp(`^${name}=(\\d+)`, 'm').exec(service)?.[1] ?? '', 10);
  const { drainMs, security } = readConfig({
    DATABASE_URL: 'mysql://serve:given@db.example/skybasket',
    PROVIDER_URL: 'https://provider.example',
    PROVIDER_APPLICATION_ID: 'given',
    PROVIDER_API_KEY: 'given',
    AUTH_SECRET: 'a secret of the tests that is long enough',
  });
  expect(of('TimeoutStopSec')).toBeGreaterThanOrEqual(drainMs / 1000 + 10);
  expect(of('LimitNOFILE')).toBeGreaterThan(security.limits.connections);
  expect(service).toMatch(/^MemoryMax=1G$/m);
});

test('the unit runs as the user that the guide creates', () => {
  const made = commands.flatMap(({ text }) => /^useradd .* (\S+)$/.exec(text)?.[1] ?? []);
  expect(made).toEqual([/^User=(\S+)$/m.exec(service)?.[1]]);
  const { status } = spawnSync('bash', ['-c', 'command -v useradd'], {
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
  });
  expect(status).toBe(0);
});

test.each([
  ['/etc/skybasket.env', 5],
  ['/etc/skybasket-retention.env', 1],
])('systemd, the shell and Docker read every line of %s alike', (path, least) => {
  const command = commands.find(({ text }) => text.startsWith(`cat > ${path}`))?.text ?? '';
  const file = join(folder, basename(path));
  execFileSync('bash', ['-c', command.replace(path, file)], {
    env: { ...process.env, SERVE_PASSWORD: 'a1', OWNER_PASSWORD: 'b2' },
  });
  expect(readdirSync(folder)).toContain(basename(path));
  const lines = execFileSync('cat', [file], { encoding: 'utf8' }).trim().split('\n');
  expect(lines.length).toBeGreaterThan(least);
  // Nothing that one of them would expand, unquote or cut.
  for (const line of lines) expect(line).toMatch(/^[A-Z_]+=[\w:/@.,+=-]+$/);
});

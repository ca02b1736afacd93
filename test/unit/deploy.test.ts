import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { readConfig, settingNames } from '../../src/config';

const folder = resolve(__dirname, '../../deploy');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const compose = parse(read('compose.yaml'), { merge: true });
const kubernetes = ['gateway.yaml', 'migrate.yaml', 'secret.example.yaml'].flatMap(name =>
  parseAllDocuments(read(join('kubernetes', name))).map(document => document.toJS()),
);
const named = (kind: string, name: string) =>
  kubernetes.find(resource => resource.kind === kind && resource.metadata.name === name);
const gateways = ['gateway-1', 'gateway-2', 'gateway-3'].map(name => [name, compose.services[name]] as const);

/** What compose puts in the place of variables, from the environment of whoever starts it. */
const filledIn = (environment: Record<string, string>) => {
  const given: Record<string, string> = {
    PROVIDER_URL: 'https://provider.example',
    AUTH_SECRET: 'a secret of the tests that is long enough',
  };
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      value.replaceAll(/\$\{(\w+)(?::\?[^}]*)?\}/g, (_, variable) => given[variable] ?? 'given'),
    ]),
  );
};

test.each(gateways)('%s of compose is given settings that exist, and all that it needs', (_, service) => {
  const environment = filledIn(service.environment);
  expect(Object.keys(environment).filter(name => !settingNames.includes(name))).toEqual([]);
  expect(readConfig(environment).databaseUrl).toBe('mysql://skybasket:given@proxy:3306/skybasket');
});

test('one gateway of compose migrates', () => {
  expect(gateways.map(([, { environment }]) => environment.MIGRATE)).toEqual(['1', undefined, undefined]);
});

test('the proxy of compose is given every address that its configuration asks for, of services that exist', () => {
  const asked = [...read('haproxy.cfg').matchAll(/"\$\{(\w+)\}"/g)].map(([, name]) => String(name));
  const { environment } = compose.services.proxy;
  expect(Object.keys(environment).sort()).toEqual([...new Set(asked)].sort());
  const hosts = Object.values<string>(environment).map(address => address.split(':')[0] ?? '');
  expect(hosts.filter(host => host !== '*' && !compose.services[host])).toEqual([]);
});

test('what compose mounts is there', () => {
  const mounts = Object.values<any>(compose.services).flatMap(({ volumes = [] }) => volumes as string[]);
  const files = mounts.flatMap(mount => (mount.startsWith('./') ? [mount.split(':')[0] ?? ''] : []));
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter(file => !existsSync(join(folder, file)))).toEqual([]);
});

test('the pods are given settings that exist, and all that they need', () => {
  const { containers } = named('Deployment', 'skybasket').spec.template.spec;
  const own = Object.fromEntries(containers[0].env.map(({ name, value }: any) => [name, value]));
  const environment = { ...named('Secret', 'skybasket').stringData, ...own };
  expect(Object.keys(environment).filter(name => !settingNames.includes(name))).toEqual([]);
  expect(() => readConfig(environment)).not.toThrow();
});

test('a disruption leaves pods of the deployment, and a rollout never has fewer than it should', () => {
  const deployment = named('Deployment', 'skybasket');
  const budget = named('PodDisruptionBudget', 'skybasket');
  const service = named('Service', 'skybasket');
  const { labels } = deployment.spec.template.metadata;
  for (const selector of [budget.spec.selector.matchLabels, service.spec.selector]) {
    expect(labels).toMatchObject(selector);
  }
  expect(budget.spec.minAvailable).toBeLessThan(deployment.spec.replicas);
  expect(deployment.spec.strategy.rollingUpdate.maxUnavailable).toBe(0);
});

test('the script of a database node is one that bash can read', () => {
  expect(spawnSync('bash', ['-n', join(folder, 'galera-node.sh')]).status).toBe(0);
});

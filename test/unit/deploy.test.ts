import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { readConfig, settingNames } from '../../src/config';

const folder = resolve(__dirname, '../../deploy');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const compose = parse(read('compose.yaml'), { merge: true });
const kubernetes = readdirSync(join(folder, 'kubernetes')).flatMap(name =>
  parseAllDocuments(read(join('kubernetes', name))).map(document => document.toJS()),
);
const named = (kind: string, name: string) =>
  kubernetes.find(resource => resource.kind === kind && resource.metadata.name === name);
/** The pod of a workload; a CronJob has it one level further down. */
const podOf = (spec: any) => (spec?.jobTemplate?.spec ?? spec)?.template;
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
      value.replaceAll(
        /\$\{(\w+)(?::\?[^}]*|:-([^}]*))?\}/g,
        (_, variable, usual) => given[variable] ?? usual ?? 'given',
      ),
    ]),
  );
};

test.each(gateways)('%s of compose is given settings that exist, and all that it needs', (_, service) => {
  const environment = filledIn(service.environment);
  expect(Object.keys(environment).filter(name => !settingNames.includes(name))).toEqual([]);
  expect(readConfig(environment).databaseUrl).toBe('mysql://serve:given@proxy:3306/skybasket');
});

test('compose migrates, grants and sets up before a gateway serves, and only those who change tables are the owner', () => {
  const after = (name: string) => Object.entries<any>(compose.services[name].depends_on);
  const completed = { condition: 'service_completed_successfully' };
  expect(after('grant')).toEqual([['migrate', completed]]);
  expect(after('setup')).toEqual([['grant', completed]]);
  for (const [name] of gateways) expect(after(name)).toEqual([['setup', completed]]);
  const owners = Object.entries<any>(compose.services).filter(([, { environment }]) =>
    Object.values(environment).some(value => String(value).includes('OWNER_PASSWORD')),
  );
  const databases = ['database-1', 'database-2', 'database-3'];
  expect(owners.map(([name]) => name)).toEqual([...databases, 'migrate', 'grant', 'retention']);
  expect(compose.services.retention.profiles).toEqual(['retention']);
});

test('the nodes of compose are reached through the proxy alone, and the user of its check comes from there', () => {
  const { networks } = compose;
  expect(networks.database.internal).toBe(true);
  const inside = Object.entries<any>(compose.services).filter(([, service]) =>
    (Array.isArray(service.networks) ? service.networks : Object.keys(service.networks)).includes('database'),
  );
  expect(inside.map(([name]) => name)).toEqual(['database-1', 'database-2', 'database-3', 'proxy']);
  const { environment } = compose.services['database-1'];
  expect(compose.services.proxy.networks.database.ipv4_address).toBe(environment.CHECK_HOST);
});

test('the proxy of compose is given every address that its configuration asks for, of services that exist', () => {
  const asked = [...read('haproxy.cfg').matchAll(/"\$\{(\w+)\}"/g)].map(([, name]) => String(name));
  const { environment } = compose.services.proxy;
  expect(Object.keys(environment).sort()).toEqual([...new Set(asked)].sort());
  const hosts = Object.values<string>(environment).map(address => address.split(':')[0] ?? '');
  expect(hosts.filter(host => host !== '*' && !compose.services[host])).toEqual([]);
});

test('the health checks of the proxy announce the length of the statement that they send', () => {
  const lines = read('haproxy.cfg').split('\n');
  const sent = lines.flatMap((line, at) => {
    const [, statement] = /^\s*tcp-check send "(.*)"$/.exec(line) ?? [];
    const [, header] = /send-binary ([0-9a-f]{10})$/.exec(lines[at - 1] ?? '') ?? [];
    return statement ? [{ statement, announced: Buffer.from(header ?? '', 'hex').readUIntLE(0, 3) }] : [];
  });
  expect(sent).toHaveLength(2);
  // The first byte is that of COM_QUERY.
  for (const { statement, announced } of sent) expect(announced).toBe(statement.length + 1);
});

test('the files that compose mounts exist', () => {
  const mounts = Object.values<any>(compose.services).flatMap(({ volumes = [] }) => volumes as string[]);
  const files = mounts.flatMap(mount => (mount.startsWith('./') ? [mount.split(':')[0] ?? ''] : []));
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter(file => !existsSync(join(folder, file)))).toEqual([]);
});

test('the pods are given settings that exist, and all that they need', () => {
  const { containers } = named('Deployment', 'skybasket').spec.template.spec;
  const own = Object.fromEntries(containers[0].env.map(({ name, value }: any) => [name, value]));
  const example = named('Secret', 'skybasket').stringData;
  // The example does not start as it is.
  expect(() => readConfig({ ...example, ...own })).toThrow('AUTH_SECRET must have at least 32 characters');
  const environment = { ...example, ...own, AUTH_SECRET: 'a secret of the tests that is long enough' };
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

test('the metrics of the pods have a port that neither the service nor the ingress leads to', () => {
  const { containers } = named('Deployment', 'skybasket').spec.template.spec;
  const port = containers[0].env.find(({ name }: any) => name === 'METRICS_PORT').value;
  expect(containers[0].ports).toContainEqual({ name: 'metrics', containerPort: Number(port) });
  expect(named('Service', 'skybasket').spec.ports.map(({ targetPort }: any) => targetPort)).toEqual(['http']);
  const [rule] = named('Ingress', 'skybasket').spec.rules;
  expect(rule.http.paths.map(({ backend }: any) => backend.service)).toEqual([
    { name: 'skybasket', port: { name: 'http' } },
  ]);
});

test('a network policy selects every pod, and admits only the proxy and Prometheus', () => {
  const pods = kubernetes.flatMap(({ kind, spec }) => (/Deployment|Job/.test(kind) ? [podOf(spec)] : []));
  expect(pods).toHaveLength(4);
  const outgoing = named('NetworkPolicy', 'skybasket-outgoing').spec;
  expect(outgoing.policyTypes).toEqual(['Ingress', 'Egress']);
  expect(outgoing.ingress).toBeUndefined();
  for (const { metadata } of pods) expect(metadata.labels).toMatchObject(outgoing.podSelector.matchLabels);
  const incoming = named('NetworkPolicy', 'skybasket').spec;
  expect(incoming.ingress.flatMap(({ ports }: any) => ports)).toEqual([
    { port: 'http' },
    { port: 'metrics' },
  ]);
  expect(incoming.ingress.every(({ from }: any) => from.length > 0)).toBe(true);
});

test('every key of a secret that a pod asks for is in the example', () => {
  const refs = kubernetes.flatMap(({ spec }) => {
    const { containers = [], initContainers = [] } = podOf(spec)?.spec ?? {};
    return [...initContainers, ...containers].flatMap(({ env = [] }: any) =>
      env.flatMap(({ valueFrom }: any) => valueFrom?.secretKeyRef ?? []),
    );
  });
  expect(refs.length).toBeGreaterThan(3);
  for (const { name, key } of refs) expect(Object.keys(named('Secret', name).stringData)).toContain(key);
});

const MEBI = 2 ** 20;
const bytes = (text: string) => Number.parseInt(text, 10) * (/^\d+(Mi|m)$/.test(text) ? MEBI : Number.NaN);
/** Memory that the guide asks for. */
const LEAST_MEMORY = 512 * MEBI;
/** What a stop takes beside DRAIN_MS at most, with a margin. */
const STOP_MS = 10_000;

test('a pod has the time that a stop takes, and no less memory than the guide asks for', () => {
  const { spec } = named('Deployment', 'skybasket').spec.template;
  const [{ env, resources, lifecycle }] = spec.containers;
  const drainMs = Number(env.find(({ name }: any) => name === 'DRAIN_MS').value);
  expect(lifecycle).toBeUndefined();
  expect(spec.terminationGracePeriodSeconds * 1000).toBeGreaterThanOrEqual(drainMs + STOP_MS);
  expect(bytes(resources.requests.memory)).toBeGreaterThanOrEqual(LEAST_MEMORY);
  expect(bytes(resources.limits.memory)).toBeGreaterThanOrEqual(bytes(resources.requests.memory));
});

test.each(gateways)('%s of compose has the time, memory and descriptors that it needs', (_, service) => {
  const { drainMs, security } = readConfig(filledIn(service.environment));
  expect(Number.parseInt(service.stop_grace_period, 10) * 1000).toBeGreaterThanOrEqual(drainMs + STOP_MS);
  expect(bytes(service.mem_reservation)).toBeGreaterThanOrEqual(LEAST_MEMORY);
  expect(bytes(service.mem_limit)).toBeGreaterThanOrEqual(bytes(service.mem_reservation));
  expect(service.ulimits.nofile).toBeGreaterThan(security.limits.connections);
});

test('images run on Node 24', () => {
  const images = [...read('Dockerfile').matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
  expect(images).toEqual(['node:24-bookworm-slim', 'gcr.io/distroless/nodejs24-debian12:nonroot']);
});

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { accountId } from '../../dev/demo-data';
import { demoId } from '../../dev/demo-data/ids';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { Scrape } from '../support/scrape';
import { shopper } from '../support/shop';

const read = (path: string) => readFileSync(resolve(__dirname, '../..', path), 'utf8');

interface Rule {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string; description: string; runbook_url: string };
}
interface Panel {
  title: string;
  targets?: { expr: string }[];
}

const rules: Rule[] = parse(read('deploy/prometheus/alerts.yaml')).groups.flatMap(
  (group: any) => group.rules,
);
const panels: Panel[] = JSON.parse(read('deploy/grafana/skybasket.json')).panels;
const queries: [name: string, expr: string][] = [
  ...rules.map(({ alert, expr }): [string, string] => [alert, expr]),
  ...panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }): [string, string] => [title, expr])),
];

/** The metrics that a query asks for, each with the labels that it compares. */
function asked(expr: string): { name: string; labels: string[] }[] {
  return [...expr.matchAll(/\b((?:skybasket|nodejs|process)_\w+)(?:\{([^}]*)\})?/g)].map(
    ([, name, matchers = '']) => ({
      name: name ?? '',
      labels: [...matchers.matchAll(/(\w+)\s*[=!]~?\s*"/g)].map(([, label]) => label ?? ''),
    }),
  );
}

/** The labels that a query groups by. */
const groupedBy = (expr: string): string[] =>
  [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, labels = '']) =>
    labels.split(',').map(label => label.trim()),
  );

/** What Prometheus adds by itself, or what histograms have. */
const ALWAYS = ['instance', 'job', 'le', ''];

let gateway: TestGateway;
let scrape: Scrape;
beforeAll(async () => {
  const metrics = { host: '127.0.0.1', port: 0 };
  gateway = await startTestGateway({}, { observability: { accessLog: 'off', metrics, tracing: null } });
  const order = { productId: demoId('prod', 'IC-BASE-1TB') };
  await shopper(gateway, 'sales@skyline.example').order(order, accountId('Alpine Dental'));
  await gateway.settled();
  scrape = await Scrape.of(gateway.app.metricsUrl ?? '');
});
afterAll(() => gateway.stop());

/** The metric that a name of a query belongs to: a histogram has three. */
function metricOf(name: string): string | undefined {
  if (scrape.types.has(name)) return name;
  const histogram = name.replace(/_(bucket|sum|count)$/, '');
  return scrape.types.get(histogram) === 'histogram' ? histogram : undefined;
}

/** Every label that a metric may have. */
function labelsOf(metric: string): string[] {
  const { registry } = gateway.app.deps.metrics;
  return (registry.getSingleMetric(metric) as unknown as { labelNames: string[] }).labelNames;
}

test.each(queries)('%s queries only existing metrics and labels: %s', (_, expr) => {
  const metrics = asked(expr);
  if (!/\bup\b/.test(expr)) expect(metrics).not.toEqual([]);
  for (const { name, labels } of metrics) {
    const metric = metricOf(name);
    expect([name, metric]).toEqual([name, expect.any(String)]);
    const known = [...ALWAYS, ...labelsOf(metric ?? '')];
    for (const label of [...labels, ...groupedBy(expr)])
      expect([name, known]).toEqual([name, expect.arrayContaining([label])]);
  }
});

test('every metric of the gateway is on the dashboard or in an alert', () => {
  const shown = new Set(queries.flatMap(([, expr]) => asked(expr).map(({ name }) => metricOf(name))));
  const ours = [...scrape.types.keys()].filter(name => name.startsWith('skybasket_'));
  expect(ours.length).toBeGreaterThan(20);
  expect(ours.filter(name => !shown.has(name))).toEqual([]);
});

test('every alert has a section of the runbook, and every section an alert', () => {
  const sections = [...read('docs/runbook.md').matchAll(/^### (\w+)$/gm)].map(([, name]) => name);
  expect(sections).toEqual(rules.map(({ alert }) => alert));
  for (const { alert, annotations, labels } of rules) {
    expect(annotations.runbook_url).toBe(`docs/runbook.md#${alert.toLowerCase()}`);
    expect(['page', 'ticket']).toContain(labels.severity);
    expect([annotations.summary, annotations.description].every(Boolean)).toBe(true);
  }
});

test('the runbook names only existing metrics and settings', () => {
  const text = read('docs/runbook.md') + read('docs/observability.md');
  for (const { name } of asked(text)) expect([name, metricOf(name)]).toEqual([name, expect.any(String)]);
  const settings = read('docs/configuration.md');
  const named = [...text.matchAll(/`([A-Z]+(?:_[A-Z]+)+)(?:=[^`]*)?`/g)].map(([, name]) => name ?? '');
  const codes = read('docs/errors.md') + read('docs/provisioning.md');
  for (const name of named) {
    expect([name, settings.includes(`\`${name}\``) || codes.includes(`\`${name}\``)]).toEqual([name, true]);
  }
});

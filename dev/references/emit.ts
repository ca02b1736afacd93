import 'reflect-metadata';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { packageRoot } from '../../src/config';
import { grantsFor } from '../../src/database';
import { requestErrors, userErrors } from '../../src/errors';
import { Metrics } from '../../src/observability';
import type { Machine } from '../../src/policies';
import { buildGraph } from '../../src/resolvers/schema';
import { stateColumns } from '../../src/store';
import { configurationReference } from './configuration';
import { schemaReference } from './schema';

/** What is generated from the code and checked in, by path. */
const references: Readonly<Record<string, () => string>> = {
  'schema/schema.graphql': () => `${printSchema(lexicographicSortSchema(buildGraph()))}\n`,
  'docs/errors.md': errorReference,
  'docs/schema.md': () => schemaReference(lexicographicSortSchema(buildGraph())),
  'docs/configuration.md': configuration,
  'docs/metrics.md': metricReference,
  'docs/grants.sql': grants,
  'docs/states.md': stateReference,
};

function stateReference(): string {
  const diagrams = [...stateColumns].flatMap(([{ name }, columns]) =>
    Object.entries(columns).map(([column, machine]) => ({ title: `${name}.${column}`, machine })),
  );
  return [
    '# States',
    '',
    'Made from the tables in `src/policies/machines.ts` by `npm run schema`. `src/store/transition.ts` and',
    '`src/store/advance.ts` move rows by these tables, and no other statement writes a state.',
    '',
    ...diagrams.flatMap(({ title, machine }) => [`## ${title}`, '', ...stateDiagram(machine), '']),
  ].join('\n');
}

/** The diagram of a machine. Its first state is the initial one. */
function stateDiagram(machine: Machine<string>): string[] {
  const arrows = Object.entries(machine).flatMap(([from, next]) => [
    ...next.map(to => `  ${from} --> ${to}`),
    ...(next.length === 0 ? [`  ${from} --> [*]`] : []),
  ]);
  return ['```mermaid', 'stateDiagram-v2', `  [*] --> ${Object.keys(machine)[0]}`, ...arrows, '```'];
}

function grants(): string {
  return [
    '-- The rights of the database user that `npm run serve` connects with: made by `npm run schema`.',
    '-- Put your own names in the place of `skybasket` and of the account.',
    ...grantsFor('skybasket', "'serve'@'%'").map(grant => `${grant};`),
    '',
  ].join('\n');
}

function configuration(): string {
  return [
    '# Configuration',
    '',
    'Generated from the schema in `src/config` by `npm run schema`. Settings are environment variables; an empty one counts as',
    'not set. An invalid or missing one stops the start with a sentence that names it. `npm start` generates missing required',
    'settings; `npm run serve` does not. `DATABASE`, `DATA_DIR` and `DEMO_DATA` are settings of `npm start`',
    'alone ([databases.md](databases.md)); a gateway that is given `DEMO_DATA` does not start.',
    '',
    ...configurationReference(),
    '',
  ].join('\n');
}

function metricReference(): string {
  const { registry } = new Metrics();
  const rows = registry.getMetricsAsArray().map(metric => {
    const { name, type, help, labelNames } = metric as unknown as Described;
    const labels = labelNames.map(label => `\`${label}\``).join(', ');
    return `| \`${name}\` | ${type} | ${labels} | ${help} |`;
  });
  return [
    '# Metrics',
    '',
    'Generated from `src/observability` by `npm run schema`. [observability.md](observability.md) describes how to scrape and',
    'read them. `prom-client` adds the metrics of Node (`process_*`, `nodejs_*`).',
    '',
    '| name | type | labels | description |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/** A metric as it was defined; its types keep some of that to themselves. */
interface Described {
  name: string;
  type: string;
  help: string;
  labelNames: string[];
}

function errorReference(): string {
  const table = (codes: Readonly<Record<string, string>>) => [
    '| code | meaning |',
    '|---|---|',
    ...Object.entries(codes).map(([code, text]) => `| \`${code}\` | ${text} |`),
  ];
  return [
    '# Errors',
    '',
    'Made from `src/errors/registry.ts` by `npm run schema`.',
    '',
    '## Errors that are data',
    '',
    'In `errors` of a payload, in `basket.problems` and in `blockedBy` of an available action. Each has a `code`, a',
    '`message` for people and, where it is about a value of the input, the `path` to it. New codes may come: have a',
    'default branch.',
    '',
    ...table(userErrors),
    '',
    '## Errors of the request',
    '',
    'Top-level `errors`, with the code in `extensions.code`.',
    '',
    ...table(requestErrors),
    '',
  ].join('\n');
}

/** Writes the references; with `--check` only says which are not up to date. */
function emit(check: boolean): void {
  for (const [path, make] of Object.entries(references)) {
    const file = join(packageRoot, path);
    if (!check) writeFileSync(file, make());
    else if (!existsSync(file) || readFileSync(file, 'utf8') !== make()) {
      process.stderr.write(`${path} is not what the code says: run npm run schema and look at the change.\n`);
      process.exitCode = 1;
    }
  }
}

emit(process.argv.includes('--check'));

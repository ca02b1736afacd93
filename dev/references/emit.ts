import 'reflect-metadata';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GraphQLField, lexicographicSortSchema, printSchema } from 'graphql';
import { packageRoot } from '../../src/config';
import { requestErrors, type UserErrorCode, userErrors } from '../../src/errors';
import { Metrics } from '../../src/observability';
import { blockers, decidersByRelation, exclusions, type Machine, retryableStates } from '../../src/policies';
import { buildGraph } from '../../src/resolvers/schema';
import { stateColumns } from '../../src/store';
import { configurationReference } from './configuration';
import { grantsFor } from './grants';
import { errorCodes, schemaReference } from './schema';

/** Generators of the checked-in references, by path. */
const references: Readonly<Record<string, () => string>> = {
  'schema/schema.graphql': () =>
    `# Released version: ${releasedVersion()}. Changes since: schema/CHANGELOG.md.\n\n${printSchema(lexicographicSortSchema(buildGraph()))}\n`,
  'docs/errors.md': errorReference,
  'docs/schema.md': () => schemaReference(lexicographicSortSchema(buildGraph()), releasedVersion()),
  'docs/configuration.md': configuration,
  'docs/metrics.md': metricReference,
  'docs/grants.sql': grants,
  'docs/states.md': stateReference,
};

/** Version of the released schema: the first one of its changelog. */
function releasedVersion(): string {
  const changelog = readFileSync(join(packageRoot, 'schema/CHANGELOG.md'), 'utf8');
  const [, version] = /^## \[(\d[\d.]*)\]/m.exec(changelog) ?? [];
  if (!version) throw new Error('schema/CHANGELOG.md has no released version.');
  return version;
}

function stateReference(): string {
  const diagrams = [...stateColumns].flatMap(([{ name }, columns]) =>
    Object.entries(columns).map(([column, machine]) => ({ title: `${name}.${column}`, machine })),
  );
  return [
    '# States',
    '',
    'Generated from the tables in `src/policies/machines.ts` by `npm run schema`. `src/store/transition.ts` and',
    '`src/store/advance.ts` change states by these tables. No other statement writes a state.',
    '',
    ...diagrams.flatMap(({ title, machine }) => [`## ${title}`, '', ...stateDiagram(machine), '']),
    ...deciderTable(),
    ...exclusionTables(),
  ].join('\n');
}

/** Table of the parties that a request awaits. */
function deciderTable(): string[] {
  const rows = Object.entries(decidersByRelation).map(([relation, { AUTOMATIC, REQUIRES_DECISION }]) => {
    const cells = [AUTOMATIC, REQUIRES_DECISION].map(decider => (decider ? `\`${decider}\`` : 'nobody'));
    return `| \`${relation}\` | ${cells.join(' | ')} |`;
  });
  return [
    '## Who decides',
    '',
    'The party that a request awaits, by the relation of its requester to the subscription and the policy of the service',
    '(`src/policies/deciders.ts`). An ACCEPT counts as a request of the decider: if a reseller accepts a request of its customer, and',
    'the service requires a decision, the request stays PENDING and then awaits `DISTRIBUTOR`. A REJECT is final. Account managers and',
    'administrators decide at any time, and finally. `STAFF_KEY` is an API key of staff without the scope `DECIDE`.',
    '',
    'Everyone who sees a request can withdraw it, except that an end customer withdraws only the requests of users of its account.',
    '',
    '| requester | `AUTOMATIC` | `REQUIRES_DECISION` |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ];
}

/** Tables of the actions that exclude each other. */
function exclusionTables(): string[] {
  const codes = (names: readonly string[]) => names.map(name => `\`${name}\``).join(' ') || 'nothing';
  const actions = Object.entries(exclusions).map(
    ([action, { states, notBeside }]) => `| \`${action}\` | ${codes(states)} | ${codes(notBeside)} |`,
  );
  const retries = Object.entries(retryableStates).map(
    ([kind, states]) => `| \`${kind}\` | ${codes(states)} |`,
  );
  return [
    '## What excludes what',
    '',
    'An action on a subscription is possible in these states, and not beside this open work (`src/policies/exclusions.ts`). The mutations',
    'and `availableActions` follow the table. `CARRY_OUT_CHANGE` is the start of an accepted change. A retry or an abandonment does not',
    'count the request that its operation carries out.',
    '',
    '| action | states of the subscription | not beside |',
    '| --- | --- | --- |',
    ...actions,
    '',
    '| open work | meaning |',
    '| --- | --- |',
    ...Object.entries(blockers).map(([name, meaning]) => `| \`${name}\` | ${meaning} |`),
    '',
    'A retry also needs a state in which the operation still makes sense:',
    '',
    '| operation | states of the subscription |',
    '| --- | --- |',
    ...retries,
    '',
  ];
}

/** Mermaid diagram of a state machine. The first state is the initial one. */
function stateDiagram(machine: Machine<string>): string[] {
  const arrows = Object.entries(machine).flatMap(([from, next]) => [
    ...next.map(to => `  ${from} --> ${to}`),
    ...(next.length === 0 ? [`  ${from} --> [*]`] : []),
  ]);
  return ['```mermaid', 'stateDiagram-v2', `  [*] --> ${Object.keys(machine)[0]}`, ...arrows, '```'];
}

function grants(): string {
  return [
    '-- Privileges of the database user of `npm run serve`. Generated by `npm run schema`.',
    '-- Replace `skybasket` and the account with your own names.',
    ...grantsFor('skybasket', "'serve'@'%'").map(grant => `${grant};`),
    '',
  ].join('\n');
}

function configuration(): string {
  return [
    '# Configuration',
    '',
    'Generated from the schema in `src/config` by `npm run schema`. Settings are environment variables; an empty one counts as',
    'not set. An invalid or missing setting stops the start with a message that names it. `npm start` generates missing required',
    'settings; `npm run serve` does not. `DATABASE`, `DATA_DIR` and `DEMO_DATA` are settings of `npm start`',
    'alone ([databases.md](databases.md)); a gateway does not start if `DEMO_DATA` is set.',
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

/** Definition of a metric. The types of `prom-client` hide some of its fields. */
interface Described {
  name: string;
  type: string;
  help: string;
  labelNames: string[];
}

/** Links to the mutations that can give an error code, or the word for all of them. */
function mutationsWith(code: string, mutations: readonly GraphQLField<unknown, unknown>[]): string {
  const having = mutations.filter(field => errorCodes(field).includes(code as UserErrorCode));
  if (having.length > mutations.length / 2) {
    const others = mutations.filter(field => !having.includes(field)).map(({ name }) => `\`${name}\``);
    return others.length > 0 ? `All but ${others.join(', ')}.` : 'All.';
  }
  const links = having.map(({ name }) => `[\`${name}\`](schema.md#mutation${name.toLowerCase()})`);
  return links.join(', ') || 'None: `basket.problems` and `blockedBy` only.';
}

function errorReference(): string {
  const mutations = Object.values(lexicographicSortSchema(buildGraph()).getMutationType()?.getFields() ?? {});
  const table = (codes: Readonly<Record<string, string>>) => [
    '| code | meaning |',
    '|---|---|',
    ...Object.entries(codes).map(([code, text]) => `| \`${code}\` | ${text} |`),
  ];
  return [
    '# Errors',
    '',
    'Generated from `src/errors/registry.ts` by `npm run schema`.',
    '',
    '## User errors',
    '',
    'User errors are data: in `errors` of a payload, in `basket.problems` and in `blockedBy` of an action. Each has a `code`, a',
    '`message` for people and, if it concerns a value of the input, the `path` of the value. New codes can be added: handle',
    'unknown codes in a default branch.',
    '',
    '| code | meaning | mutations |',
    '|---|---|---|',
    ...Object.entries(userErrors).map(
      ([code, text]) => `| \`${code}\` | ${text} | ${mutationsWith(code, mutations)} |`,
    ),
    '',
    '## Request errors',
    '',
    'Request errors are top-level `errors`, with the code in `extensions.code`. Every operation can have them; `TOO_BROAD` is of',
    '`accounts`, `users`, `orders`, `subscriptions` and `cancellationRequests`.',
    '',
    ...table(requestErrors),
    '',
  ].join('\n');
}

/** Writes the references. With `check`, only reports the stale ones. */
function emit(check: boolean): void {
  for (const [path, make] of Object.entries(references)) {
    const file = join(packageRoot, path);
    if (!check) writeFileSync(file, make());
    else if (!existsSync(file) || readFileSync(file, 'utf8') !== make()) {
      process.stderr.write(`${path} is stale. Run "npm run schema" and review the change.\n`);
      process.exitCode = 1;
    }
  }
}

emit(process.argv.includes('--check'));

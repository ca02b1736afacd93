import 'reflect-metadata';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { grantsFor } from '../database';
import { requestErrors, userErrors } from '../errors';
import { buildGraph } from './schema';
import { schemaReference } from './schema-reference';

const ROOT = resolve(__dirname, '../../..');

/** What is generated from the code and checked in, by path. */
const references: Readonly<Record<string, () => string>> = {
  'schema/schema.graphql': () => `${printSchema(lexicographicSortSchema(buildGraph()))}\n`,
  'docs/errors.md': errorReference,
  'docs/schema.md': () => schemaReference(lexicographicSortSchema(buildGraph())),
  'docs/grants.sql': grants,
};

function grants(): string {
  return [
    '-- The rights of the database user that `npm run serve` connects with: made by `npm run schema`.',
    '-- Put your own names in the place of `skybasket` and of the account.',
    ...grantsFor('skybasket', "'serve'@'%'").map(grant => `${grant};`),
    '',
  ].join('\n');
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
    const file = resolve(ROOT, path);
    if (!check) writeFileSync(file, make());
    else if (!existsSync(file) || readFileSync(file, 'utf8') !== make()) {
      process.stderr.write(`${path} is not what the code says: run npm run schema and look at the change.\n`);
      process.exitCode = 1;
    }
  }
}

emit(process.argv.includes('--check'));

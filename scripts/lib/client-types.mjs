import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { inRoot } from './root.mjs';
import { run } from './run.mjs';
import { fingerprint } from './sources.mjs';

const SCHEMA = 'schema/schema.graphql';
const OUTPUT = 'test/clients/generated';
const STAMP = inRoot(OUTPUT, '.sources');
const SOURCES = [
  SCHEMA,
  'test/clients/documents',
  'test/clients/relay',
  'test/clients/codegen.json',
  'test/clients/relay.config.json',
  'test/clients/apollo-manifest.json',
  'scripts/lib/client-types.mjs',
  'package-lock.json',
];

async function tool(name, args, folder = '.') {
  const options = { quiet: true, cwd: inRoot(folder) };
  const { code, output } = await run(inRoot('node_modules', '.bin', name), args, options);
  if (code !== 0) throw new Error(`${name} failed:\n${output}`);
}

/** The command of gql.tada needs the API of TypeScript, which TypeScript 7 has not. These are the functions that it calls. */
async function generateTada() {
  const { minifyIntrospection, outputIntrospectionFile } = await import('@gql.tada/internal');
  const { buildSchema, introspectionFromSchema } = await import('graphql');
  const schema = buildSchema(readFileSync(inRoot(SCHEMA), 'utf8'));
  const introspection = minifyIntrospection(introspectionFromSchema(schema, { descriptions: false }));
  const text = outputIntrospectionFile(introspection, { fileType: '.d.ts', shouldPreprocess: true });
  writeFileSync(inRoot(OUTPUT, 'graphql-env.d.ts'), text);
}

/** Generates what the client tests import, with the tools of the clients, unless it is up to date. */
export async function ensureClientTypes() {
  const wanted = fingerprint(SOURCES);
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  rmSync(inRoot(OUTPUT), { recursive: true, force: true });
  // The Relay compiler writes only to a folder and a file that exist.
  mkdirSync(inRoot(OUTPUT, 'relay'), { recursive: true });
  writeFileSync(inRoot(OUTPUT, 'relay.json'), '{}');
  await tool('relay-compiler', ['relay.config.json'], 'test/clients');
  await tool('graphql-codegen', ['--config', 'test/clients/codegen.json']);
  await tool('generate-persisted-query-manifest', ['--config', 'test/clients/apollo-manifest.json']);
  await generateTada();
  writeFileSync(STAMP, wanted);
}

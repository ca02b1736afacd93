import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './root.mjs';
import { fingerprint } from './sources.mjs';

const SCHEMA = 'schema/schema.graphql';
const DOCUMENTS = 'web/documents';
const OUTPUT = inRoot('web/generated/graphql.ts');
const MODULES = inRoot('web/generated/documents');

/** Imports of documents, which are in modules of their own. */
const IMPORTS = /^import .*;\n/gm;

const config = {
  enumsAsTypes: true,
  immutableTypes: true,
  useTypeImports: true,
  strictScalars: true,
  scalars: {
    ID: 'string',
    BigInt: 'string',
    CountryCode: 'string',
    CurrencyCode: 'string',
    DateTime: 'string',
    Decimal: 'string',
    StreamCursor: 'string',
  },
  // urql's own `gql` keeps the parser of graphql-js out of the bundle.
  documentMode: 'graphQLTag',
  gqlImport: 'urql#gql',
};

/** Generates the types of the console's documents, unless they are up to date with the schema and the documents. */
export async function ensureWebTypes() {
  const stamp = `// ${fingerprint([SCHEMA, DOCUMENTS, 'scripts/lib/web-types.mjs', 'package-lock.json'])}\n`;
  if (existsSync(OUTPUT) && readFileSync(OUTPUT, 'utf8').startsWith(stamp)) return;
  // Imported here, because a fresh clone has no packages before the installation.
  const { codegen } = await import('@graphql-codegen/core');
  const typedDocuments = await import('@graphql-codegen/typed-document-node');
  const operationTypes = await import('@graphql-codegen/typescript-operations');
  const { buildSchema, parse } = await import('graphql');
  const schema = buildSchema(readFileSync(inRoot(SCHEMA), 'utf8'));
  const documents = readdirSync(inRoot(DOCUMENTS))
    .filter(name => name.endsWith('.graphql'))
    .map(name => ({ location: name, document: parse(readFileSync(inRoot(DOCUMENTS, name), 'utf8')) }));
  const generated = await codegen({
    filename: OUTPUT,
    schema: parse(readFileSync(inRoot(SCHEMA), 'utf8')),
    schemaAst: schema,
    documents,
    config,
    plugins: [{ operationTypes: {} }, { typedDocuments: {} }],
    pluginMap: { operationTypes, typedDocuments },
  });
  rmSync(MODULES, { recursive: true, force: true });
  mkdirSync(MODULES, { recursive: true });
  const [types, ...definitions] = generated.split(/^(?=export const \w+ =)/m);
  const names = definitions.map(writeModule);
  const exports = names.map(name => `export { ${name} } from './documents/${name}';`).join('\n');
  writeFileSync(OUTPUT, `${stamp}${types.replace(IMPORTS, '')}${exports}\n`);
}

/** Writes a document or fragment as a module of its own, so that a page loads only those that it uses. Returns its name. */
function writeModule(definition) {
  const [, name] = /^export const (\w+) =/.exec(definition);
  const fragments = new Set([...definition.matchAll(/\$\{(\w+)\}/g)].map(([, fragment]) => fragment));
  const types = [...(/DocumentNode<(.*)>;\s*$/.exec(definition)?.[1].match(/\w+/g) ?? [])].filter(
    each => each !== 'unknown',
  );
  const imports = [
    "import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';",
    "import { gql } from 'urql';",
    `import type { ${types.join(', ')} } from '../graphql';`,
    ...[...fragments].map(fragment => `import { ${fragment} } from './${fragment}';`),
  ];
  writeFileSync(join(MODULES, `${name}.ts`), `${imports.join('\n')}\n\n${definition}`);
  return name;
}

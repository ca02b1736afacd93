import { readFileSync } from 'node:fs';
import { GraphQLError, parse } from 'graphql';
import { z } from 'zod';
import { ConfigError } from '../config';

/** Document of a manifest. Without an id, its id is `sha256:` and the hash of its text. */
export interface ManifestEntry {
  id?: string;
  text: string;
}

/** Output of `generate-persisted-query-manifest`: https://www.apollographql.com/docs/graphos/operations/persisted-queries */
const apollo = z
  .object({
    format: z.literal('apollo-persisted-query-manifest'),
    version: z.literal(1),
    operations: z.array(z.object({ id: z.string().min(1), body: z.string() })),
  })
  .transform(({ operations }) => operations.map(({ id, body }): ManifestEntry => ({ id, text: body })));

/** Output of the Relay compiler with `persistConfig.file`, and of GraphQL Code Generator with `persistedDocuments`. */
const relay = z
  .record(z.string().min(1), z.string())
  .transform(texts => Object.entries(texts).map(([id, text]): ManifestEntry => ({ id, text })));

const list = z.array(z.string()).transform(texts => texts.map((text): ManifestEntry => ({ text })));

const manifest = z.union([list, apollo, relay]);

/** Reads the documents of a manifest file: of Apollo, of Relay, or a JSON list of texts. Throws an error that names the file. */
export function readManifestFile(file: string): ManifestEntry[] {
  const { success, data: entries } = manifest.safeParse(readJson(file));
  if (!success) {
    throw new ConfigError(
      `${file} is not a manifest of trusted documents. Expected the manifest of Apollo (version 1), the JSON object of Relay ({"id": "text"}), or a JSON list of texts.`,
    );
  }
  for (const { id, text } of entries) expectDocument(file, id ?? text, text);
  return entries;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(
      `${file} cannot be read as JSON: ${error instanceof Error ? error.message : error}`,
    );
  }
}

function expectDocument(file: string, name: string, text: string): void {
  try {
    parse(text, { noLocation: true });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new ConfigError(`${file}: the document ${name} is not GraphQL: ${error.message}`);
  }
}

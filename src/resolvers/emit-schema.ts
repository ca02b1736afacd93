import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { buildGraph } from './schema';

const FILE = resolve(__dirname, '../../../schema/schema.graphql');

/** Writes the graph to schema/schema.graphql; with `--check` only says whether that is up to date. */
function emit(check: boolean): void {
  const text = `${printSchema(lexicographicSortSchema(buildGraph()))}\n`;
  if (!check) {
    writeFileSync(FILE, text);
    return;
  }
  if (readFileSync(FILE, 'utf8') === text) return;
  process.stderr.write(
    'schema/schema.graphql is not what the code says: run npm run schema and look at the change.\n',
  );
  process.exitCode = 1;
}

emit(process.argv.includes('--check'));

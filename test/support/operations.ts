import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const FOLDER = resolve(__dirname, '../../schema/operations');

/** The names of the documents that clients send, in the order of the story. */
export const operationNames: readonly string[] = readdirSync(FOLDER)
  .filter(name => name.endsWith('.graphql'))
  .map(name => name.replace(/\.graphql$/, ''))
  .sort();

/** The text of a document: `operationText('13-checkout')`. */
export const operationText = (name: string): string => readFileSync(`${FOLDER}/${name}.graphql`, 'utf8');

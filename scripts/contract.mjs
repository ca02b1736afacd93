import { readFileSync } from 'node:fs';
import { contractBreaks, descriptionFaults, mutationFaults } from './lib/contract.mjs';
import { inRoot } from './lib/root.mjs';
import { script } from './lib/script.mjs';

const HELP = `Usage: node scripts/contract.mjs

Compares the schema with the contract.`;

/** Reports contract breaks and invalid descriptions of schema/schema.graphql, or of the second file against the first. */
await script(
  ([contract = inRoot('test/contract/next.graphql'), schema = inRoot('schema/schema.graphql')]) => {
    const [contractText, schemaText] = [contract, schema].map(path => readFileSync(path, 'utf8'));
    const found = [
      ...contractBreaks(contractText, schemaText),
      ...mutationFaults(schemaText),
      ...descriptionFaults(schemaText),
    ];
    for (const line of found) console.error(line);
    return found.length > 0 ? 1 : 0;
  },
  HELP,
);

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildGraph } from '../../src/resolvers/schema';
import { requestedCost } from '../../src/transport/limits/cost';
import { Documents } from '../../src/transport/limits/documents';
import { LIMITS } from '../../src/transport/limits/limits';
import { measure } from '../../src/transport/limits/measure';
import { usualSecurity } from '../support/security';

const FOLDER = resolve(__dirname, '../../schema/operations');
const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter(name => name.endsWith('.graphql')) : [];
const schema = buildGraph();
const documents = new Documents(schema);

test('the documents of our own clients stay within the limits, with the longest pages that there are', () => {
  for (const file of files) {
    const { document } = documents.check(readFileSync(resolve(FOLDER, file), 'utf8'));
    expect([file, document === undefined]).toEqual([file, false]);
    if (!document) continue;
    expect(measure(document).depth).toBeLessThanOrEqual(LIMITS.depth);
    const cost = requestedCost(schema, document, { first: 100 }, null);
    // Variables that are not given cannot be priced; what has pages needs none but these.
    if (typeof cost === 'number')
      expect([file, cost <= usualSecurity().costPerOperation]).toEqual([file, true]);
  }
});

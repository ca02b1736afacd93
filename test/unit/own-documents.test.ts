import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type DefinitionNode,
  type FragmentDefinitionNode,
  getIntrospectionQuery,
  Kind,
  parse,
  print,
  visit,
} from 'graphql';
import { buildGraph } from '../../src/resolvers/schema';
import { requestedCost } from '../../src/transport/limits/cost';
import { Documents } from '../../src/transport/limits/documents';
import { LIMITS } from '../../src/transport/limits/limits';
import { measure } from '../../src/transport/limits/measure';
import { usualSecurity } from '../support/security';

const schema = buildGraph();
const documents = new Documents(schema);

const texts = (folder: string) =>
  readdirSync(resolve(__dirname, '../..', folder))
    .filter(name => name.endsWith('.graphql'))
    .map(name => [name, readFileSync(resolve(__dirname, '../..', folder, name), 'utf8')] as const);

/** Each operation of the console with the fragments that it uses, as it is sent. */
function pageDocuments(): (readonly [string, string])[] {
  const definitions = texts('web/documents').flatMap(([, text]) => parse(text).definitions);
  const fragments = new Map(
    definitions.flatMap(each => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [])),
  );
  return definitions.flatMap(each =>
    each.kind === Kind.OPERATION_DEFINITION
      ? [[each.name?.value ?? '', [each, ...used(each, fragments)].map(print).join('\n')] as const]
      : [],
  );
}

function used(of: DefinitionNode, fragments: Map<string, FragmentDefinitionNode>) {
  const found = new Set<FragmentDefinitionNode>();
  const look = (node: DefinitionNode): void => {
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (!fragment || found.has(fragment)) return;
        found.add(fragment);
        look(fragment);
      },
    });
  };
  look(of);
  return found;
}

/** The longest pages that there are. */
const LONGEST = { first: 100 };

test.each([...texts('schema/operations'), ...pageDocuments()])(
  '%s of our own clients stays within the limits',
  (_, text) => {
    const { document, errors } = documents.check(text);
    expect(errors).toBeUndefined();
    if (!document) return;
    expect(measure(document).depth).toBeLessThanOrEqual(LIMITS.depth);
    const cost = requestedCost(schema, document, LONGEST, null);
    // Variables that are not given cannot be priced; what has pages needs none but these.
    if (typeof cost === 'number') expect(cost).toBeLessThanOrEqual(usualSecurity().costPerOperation);
  },
);

test('what tools ask to learn the schema stays within the limits', () => {
  const options = { inputValueDeprecation: true, specifiedByUrl: true, schemaDescription: true };
  for (const text of [getIntrospectionQuery(), getIntrospectionQuery(options)]) {
    const { document, errors } = documents.check(text);
    expect(errors).toBeUndefined();
    if (document)
      expect(requestedCost(schema, document, {}, null)).toBeLessThanOrEqual(usualSecurity().costPerOperation);
  }
});

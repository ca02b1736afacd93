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
import { costOf } from '../../src/graphql/cost';
import { DocumentCache } from '../../src/graphql/document-cache';
import { introspectionLengths } from '../../src/graphql/introspection-cost';
import { LIMITS } from '../../src/graphql/limits';
import { measureDocument } from '../../src/graphql/measure-document';
import { buildGraph } from '../../src/resolvers/schema';
import { planned } from '../support/pipeline';
import { usualSecurity } from '../support/security';

const schema = buildGraph();
const documents = new DocumentCache(schema);

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

const lengths = introspectionLengths(schema);
const { costPerOperation } = usualSecurity();

function read(text: string) {
  const known = documents.parseAndValidate(text);
  if (!('ast' in known)) throw known[0];
  return known.ast;
}

/** The estimate for a document with the longest pages; undefined if it has other required variables. */
function longestCost(text: string): number | undefined {
  try {
    const { plan, variables, args } = planned(schema, text, { first: 100 });
    return costOf(plan, { variables, args }, lengths);
  } catch {
    return undefined;
  }
}

test.each([...texts('schema/operations'), ...pageDocuments()])(
  '%s of our own clients stays within the limits',
  (_, text) => {
    expect(measureDocument(read(text)).depth).toBeLessThanOrEqual(LIMITS.depth);
    expect(longestCost(text) ?? 0).toBeLessThanOrEqual(costPerOperation);
  },
);

test('the introspection of usual tools stays within the limits', () => {
  const options = { inputValueDeprecation: true, specifiedByUrl: true, schemaDescription: true };
  for (const text of [getIntrospectionQuery(), getIntrospectionQuery(options)]) {
    read(text);
    expect(longestCost(text)).toBeLessThanOrEqual(costPerOperation);
  }
});

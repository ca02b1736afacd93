import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSchema, extendSchema, parse } from 'graphql';
import { findUndecided } from '../../src/policies';

const emitted = buildSchema(readFileSync(resolve(__dirname, '../../schema/schema.graphql'), 'utf8'));

test('every field and argument of the schema has a policy decision, and every decision has its field or argument', () => {
  expect(findUndecided(emitted)).toEqual([]);
});

test.each([
  ['a field', 'extend type Account { creditLimit: Money }', 'Account.creditLimit is not decided'],
  ['a query', 'extend type Query { invoices: [User!]! }', 'Query.invoices is not decided'],
  ['a mutation', 'extend type Mutation { erase: Boolean }', 'Mutation.erase is not decided'],
  ['a stream', 'extend type Subscription { userUpdates: User }', 'Subscription.userUpdates is not decided'],
  ['a type', 'type Invoice { id: ID! } extend type Order { lines2: Int }', 'Order.lines2 is not decided'],
  ['an argument', 'extend type Order { note(locale: String): String }', 'Order.note.locale is not decided'],
  ['a value of an input', 'extend input OrderFilter { lineId: ID }', 'OrderFilter.lineId is not decided'],
])('the error names %s without a decision', (_, extension, sentence) => {
  expect(findUndecided(extendSchema(emitted, parse(extension)))).toContain(sentence);
});

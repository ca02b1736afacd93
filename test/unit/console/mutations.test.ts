import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSchema, Kind, OperationTypeNode, parse } from 'graphql';

/** Mutations that the console does not send, each with the reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  acceptInvitation: 'web/links/accept-invitation.ts sends it: the invited person has no session yet.',
  refreshToken: 'client/session.ts sends it: a session renews its token without the user.',
  resetPassword: 'web/links/reset-password.ts sends it: who has forgotten the password has no session.',
};

const root = resolve(__dirname, '../../..');

const schema = buildSchema(readFileSync(resolve(root, 'schema/schema.graphql'), 'utf8'));
const known = Object.keys(schema.getMutationType()?.getFields() ?? {});

/** Mutations in the documents of the console. */
function sentMutations(): Set<string> {
  const folder = resolve(root, 'web/documents');
  const definitions = readdirSync(folder)
    .filter(name => name.endsWith('.graphql'))
    .flatMap(name => parse(readFileSync(resolve(folder, name), 'utf8')).definitions);
  return new Set(
    definitions.flatMap(each =>
      each.kind === Kind.OPERATION_DEFINITION && each.operation === OperationTypeNode.MUTATION
        ? each.selectionSet.selections.flatMap(field => (field.kind === Kind.FIELD ? field.name.value : []))
        : [],
    ),
  );
}

const sent = sentMutations();

test('the console sends every mutation of the schema, or the exception has a reason', () => {
  const missing = known.filter(name => !sent.has(name) && !Object.hasOwn(EXCEPTIONS, name));
  expect(missing).toEqual([]);
});

test('an exception is a mutation that the console does not send', () => {
  const wrong = Object.keys(EXCEPTIONS).filter(name => sent.has(name) || !known.includes(name));
  expect(wrong).toEqual([]);
});

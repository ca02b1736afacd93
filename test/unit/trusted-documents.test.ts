import { createHash } from 'node:crypto';
import { pino } from 'pino';
import { Role } from '../../src/entities';
import { Manifest, RequestRefusal } from '../../src/graphql';
import { buildGraph } from '../../src/resolvers/schema';
import { resolveDocumentId } from '../../src/transport/document-id';
import { createPipeline, EVERY_KIND } from '../support/pipeline';

const TRUSTED = '# What we send.\nquery Viewer {\n  viewer {\n    id\n  }\n}\n';
const ID = `sha256:${createHash('sha256').update(TRUSTED).digest('hex')}`;
const schema = buildGraph();
const logged: any[] = [];
const log = pino({ level: 'warn' }, { write: line => logged.push(JSON.parse(line)) });
const pipeline = createPipeline(
  schema,
  { TRUSTED_DOCUMENTS: 'enforce,CUSTOMER=log,RESELLER=off' },
  new Manifest([{ text: TRUSTED }]),
  log,
);

const actor = (...roles: Role[]) => ({
  userId: 'usr_1',
  roles,
  accountId: null,
  resellerId: null,
  priceListId: null,
});
const caller = (...roles: Role[]) => ({
  actor: roles.length > 0 ? actor(...roles) : null,
  address: '127.0.0.1',
});
const OTHER = '{ viewer { name } }';

async function admit(sent: object, roles: Role[]) {
  const admitted = await pipeline.admit({ ...sent, accepts: EVERY_KIND }, caller(...roles));
  if (!(admitted instanceof RequestRefusal)) return 'admitted';
  return admitted.errors.map(({ extensions }) => extensions.code);
}
const over = (query: string, ...roles: Role[]) => admit({ query }, roles);

test('`enforce` executes only the documents of the manifest, with any white space', async () => {
  expect(await over(TRUSTED)).toBe('admitted');
  expect(await over('query Viewer { viewer { id } }')).toBe('admitted');
  expect(await over(OTHER)).toEqual(['DOCUMENT_NOT_TRUSTED']);
  expect(await over(OTHER, Role.ADMINISTRATOR)).toEqual(['DOCUMENT_NOT_TRUSTED']);
});

test('`log` executes other documents and logs them; `off` logs nothing', async () => {
  expect(await over(OTHER, Role.CUSTOMER)).toBe('admitted');
  expect(logged.map(({ userId, msg }) => [userId, msg])).toEqual([['usr_1', 'untrusted document']]);
  expect(await over(OTHER, Role.RESELLER)).toBe('admitted');
  expect(logged).toHaveLength(1);
});

test('a document can be sent as its id, in the body, in the URL, or over a socket', async () => {
  const body = { documentId: ID, variables: {} };
  expect(resolveDocumentId({ body, search: '' }, pipeline)).toEqual({
    body: { query: TRUSTED, variables: {} },
    search: '',
  });
  const got = resolveDocumentId(
    { body: undefined, search: `?documentId=${encodeURIComponent(ID)}` },
    pipeline,
  );
  expect(new URLSearchParams(got.search).get('query')).toBe(TRUSTED);
  expect(await admit({ extensions: { documentId: ID } }, [])).toBe('admitted');
});

test('an id that is not in the manifest is refused', () => {
  const found = (sent: { body: unknown; search: string }) => () => resolveDocumentId(sent, pipeline);
  expect(found({ body: { documentId: 'sha256:0' }, search: '' })).toThrow('documentId');
  expect(found({ body: undefined, search: '?documentId=sha256:0' })).toThrow('documentId');
});

test('a hash of a manifest is resolved in the body and in the URL; any other is left as it is', () => {
  const persisted = (sha256Hash: string) => ({ version: 1, sha256Hash });
  const body = { extensions: { persistedQuery: persisted(ID), own: 1 }, variables: {} };
  expect(resolveDocumentId({ body, search: '' }, pipeline)).toEqual({
    body: { query: TRUSTED, extensions: { own: 1 }, variables: {} },
    search: '',
  });
  const search = (hash: string) =>
    `?${new URLSearchParams({ extensions: JSON.stringify({ persistedQuery: persisted(hash) }) })}`;
  const got = resolveDocumentId({ body: undefined, search: search(ID) }, pipeline);
  expect([...new URLSearchParams(got.search)]).toEqual([
    ['extensions', '{}'],
    ['query', TRUSTED],
  ]);
  const unknown = { extensions: { persistedQuery: persisted('0') } };
  const withText = { query: OTHER, extensions: { persistedQuery: persisted(ID) } };
  for (const sent of [
    { body: unknown, search: '' },
    { body: withText, search: '' },
    { body: undefined, search: search('0') },
    { body: undefined, search: `${search(ID)}&query=${encodeURIComponent(OTHER)}` },
    { body: undefined, search: '?extensions=%7B' },
  ]) {
    expect(resolveDocumentId(sent, pipeline)).toEqual(sent);
  }
});

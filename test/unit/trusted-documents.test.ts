import { createHash } from 'node:crypto';
import { pino } from 'pino';
import { Role } from '../../src/entities';
import { buildGraph } from '../../src/resolvers/schema';
import { resolveDocumentId } from '../../src/transport/document-id';
import { admit } from '../../src/transport/limits/admit';
import { Gate } from '../../src/transport/limits/gate';
import { Manifest } from '../../src/transport/limits/trusted-documents';
import { usualSecurity } from '../support/security';

const TRUSTED = '# What we send.\nquery Viewer {\n  viewer {\n    id\n  }\n}\n';
const ID = `sha256:${createHash('sha256').update(TRUSTED).digest('hex')}`;
const schema = buildGraph();
const logged: any[] = [];
const log = pino({ level: 'warn' }, { write: line => logged.push(JSON.parse(line)) });
const gate = new Gate(
  schema,
  usualSecurity({ TRUSTED_DOCUMENTS: 'enforce,CUSTOMER=log,RESELLER=off' }),
  new Manifest([TRUSTED]),
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

const codes = (answer: any) =>
  Array.isArray(answer) ? answer.map(error => error.extensions.code) : 'executed';
const over = (query: string, ...roles: Role[]) => codes(admit(gate, { query }, caller(...roles)));

test('where they are enforced, only the documents of the manifest are executed, whatever their spaces', () => {
  expect(over(TRUSTED)).toBe('executed');
  expect(over('query Viewer { viewer { id } }')).toBe('executed');
  expect(over(OTHER)).toEqual(['DOCUMENT_NOT_TRUSTED']);
  expect(over(OTHER, Role.ADMINISTRATOR)).toEqual(['DOCUMENT_NOT_TRUSTED']);
});

test('where they are logged, others are executed and written down; where they are off, nothing is', () => {
  expect(over(OTHER, Role.CUSTOMER)).toBe('executed');
  expect(logged.map(({ userId, msg }) => [userId, msg])).toEqual([['usr_1', 'an untrusted document']]);
  expect(over(OTHER, Role.RESELLER)).toBe('executed');
  expect(logged).toHaveLength(1);
});

test('a document may be sent as its id, in the body, in the address, or over a socket', () => {
  const body = { documentId: ID, variables: {} };
  expect(resolveDocumentId({ body, search: '' }, gate)).toEqual({
    body: { query: TRUSTED, variables: {} },
    search: '',
  });
  const got = resolveDocumentId({ body: undefined, search: `?documentId=${encodeURIComponent(ID)}` }, gate);
  expect(new URLSearchParams(got?.search).get('query')).toBe(TRUSTED);
  expect(codes(admit(gate, { extensions: { documentId: ID } }, caller()))).toBe('executed');
});

test('an id that is not in the manifest gives nothing', () => {
  expect(resolveDocumentId({ body: { documentId: 'sha256:0' }, search: '' }, gate)).toBeUndefined();
  expect(resolveDocumentId({ body: undefined, search: '?documentId=sha256:0' }, gate)).toBeUndefined();
});

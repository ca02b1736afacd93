import type { LookupAddress } from 'node:dns';
import { urlProblem } from '../../src/webhooks';
import { guardedLookup } from '../../src/webhooks/addresses';

const production = { allowPrivate: false, httpsOnly: true };
const development = { allowPrivate: true, httpsOnly: false };

test.each([
  ['http://hooks.example/', 'It must start with https://.'],
  ['https://127.0.0.1/', 'It must be reachable from the internet.'],
  ['https://2130706433/', 'It must be reachable from the internet.'],
  ['https://0x7f.1/', 'It must be reachable from the internet.'],
  ['https://0/', 'It must be reachable from the internet.'],
  ['https://10.1.2.3/', 'It must be reachable from the internet.'],
  ['https://172.16.0.1/', 'It must be reachable from the internet.'],
  ['https://192.168.1.1/', 'It must be reachable from the internet.'],
  ['https://100.64.0.1/', 'It must be reachable from the internet.'],
  ['https://[::1]/', 'It must be reachable from the internet.'],
  ['https://[::ffff:127.0.0.1]/', 'It must be reachable from the internet.'],
  ['https://[fd00::1]/', 'It must be reachable from the internet.'],
  ['https://[::127.0.0.1]/', 'It must be reachable from the internet.'],
  ['https://[::a00:1]/', 'It must be reachable from the internet.'],
  ['https://[::ffff:0:127.0.0.1]/', 'It must be reachable from the internet.'],
  ['https://[64:ff9b::7f00:1]/', 'It must be reachable from the internet.'],
  ['https://[64:ff9b:1::7f00:1]/', 'It must be reachable from the internet.'],
  ['https://[64:ff9b::5db8:d70e]/', 'It must be reachable from the internet.'],
  ['https://[2002:7f00:1::1]/', 'It must be reachable from the internet.'],
  ['https://[2001:0:7f00:1::]/', 'It must be reachable from the internet.'],
  ['https://[2606:4700::5efe:7f00:1]/', 'It must be reachable from the internet.'],
  ['https://[fec0::1]/', 'It must be reachable from the internet.'],
  ['https://[4000::1]/', 'It must be reachable from the internet.'],
  ['https://localhost:8443/', 'It must be reachable from the internet.'],
  ['https://api.localhost./', 'It must be reachable from the internet.'],
  ['https://user@hooks.example/', 'It must not contain a user name or a password.'],
])('%s is rejected in production', (url, why) => {
  expect(urlProblem(url, production)).toBe(why);
});

const METADATA = [
  '169.254.169.254',
  '169.254.170.2',
  '168.63.129.16',
  '100.100.100.200',
  '192.0.0.192',
  '[fe80::a9fe:a9fe]',
  '[fd00:ec2::254]',
  '[::ffff:169.254.169.254]',
  '[::169.254.169.254]',
  '[64:ff9b::a9fe:a9fe]',
];

test.each(METADATA)('%s is a cloud metadata service, and always rejected', async host => {
  const why = 'It must not be the metadata service of a cloud.';
  expect(urlProblem(`https://${host}/latest/meta-data/`, production)).toBe(why);
  expect(urlProblem(`http://${host}/latest/meta-data/`, development)).toBe(why);
  const address = host.replace(/[[\]]/g, '');
  expect(await found(production, address)).toBe('hooks.example has no public address');
  expect(await found(development, address)).toBe('hooks.example has no public address');
});

test.each(['https://hooks.example/a?b=c', 'https://93.184.215.14/', 'https://[2606:4700::1111]/'])(
  '%s is allowed in production',
  url => expect(urlProblem(url, production)).toBeUndefined(),
);

test.each(['http://localhost:3000/hooks', 'http://127.0.0.1/'])('%s is allowed in development', url => {
  expect(urlProblem(url, development)).toBeUndefined();
});

const resolving =
  (...addresses: string[]) =>
  async (): Promise<LookupAddress[]> =>
    addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 }));

/** What a connection is told of a host that has these addresses. */
const found = (rules: typeof production, ...addresses: string[]) =>
  new Promise(resolve => {
    guardedLookup(rules, resolving(...addresses))('hooks.example', { all: true }, (error, list) =>
      resolve(error ? error.message : (list as LookupAddress[]).map(({ address }) => address)),
    );
  });

test('a connection is made to the public addresses of a name, and to no other', async () => {
  expect(await found(production, '10.0.0.1', '93.184.215.14', '::1', '2606:4700::1111')).toEqual([
    '93.184.215.14',
    '2606:4700::1111',
  ]);
  expect(await found(production, '127.0.0.1', '::ffff:10.0.0.1')).toBe('hooks.example has no public address');
  expect(await found(development, '127.0.0.1')).toEqual(['127.0.0.1']);
});

test('a connection that requests one address gets the first public one', async () => {
  const one = await new Promise(resolve => {
    guardedLookup(production, resolving('10.0.0.1', '93.184.215.14'))(
      'hooks.example',
      {},
      (error, address, family) => resolve([error, address, family]),
    );
  });
  expect(one).toEqual([null, '93.184.215.14', 4]);
});

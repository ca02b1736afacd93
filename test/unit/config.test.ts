import { readDemoData } from '../../dev/local/settings';
import { configurationReference } from '../../dev/references/configuration';
import { ConfigError, readConfig } from '../../src/config';
import { usualSecurity } from '../support/security';

const least = {
  DATABASE_URL: 'mysql://user:secret@db:3306/skybasket',
  PROVIDER_URL: 'https://provider.example',
  PROVIDER_APPLICATION_ID: 'app',
  PROVIDER_API_KEY: 'key',
  AUTH_SECRET: 'a secret of the tests that is long enough',
};

function complaint(env: NodeJS.ProcessEnv): string {
  try {
    readConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  throw new Error('Nothing was complained about.');
}

test('unset settings have their defaults', () => {
  expect(readConfig(least)).toEqual({
    port: 4000,
    host: '127.0.0.1',
    databaseUrl: least.DATABASE_URL,
    databasePool: 16,
    database: { statementTimeoutMs: 10_000, readinessTimeoutMs: 2000, preparedShare: 10, tls: null },
    migrate: false,
    playground: false,
    provider: { baseUrl: 'https://provider.example', applicationId: 'app', apiKey: 'key', timeoutMs: 8000 },
    broker: null,
    reconcileHours: 24,
    retailFallback: 'hidden',
    leaseMs: 15_000,
    drainMs: 3000,
    authSecret: least.AUTH_SECRET,
    stream: { connectionsPerUser: 100, operationsPerConnection: 100 },
    eventRetentionDays: 30,
    security: usualSecurity({ COST_BUCKET: '' }),
    mail: {
      server: null,
      from: 'Skybasket <no-reply@localhost>',
      publicUrl: null,
      invitationUrl: null,
      resetUrl: null,
      timeoutMs: 30_000,
      escalation: { deputy: 24, administrators: 48 },
      retentionDays: 90,
    },
    webhooks: { key: least.AUTH_SECRET, allowPrivate: false, timeoutMs: 10_000, disableDays: 3 },
    observability: { accessLog: 'executed', metrics: null, tracing: null },
    logLevel: 'info',
  });
});

test('an empty value counts as unset', () => {
  const empty = {
    PORT: '',
    HOST: '',
    DATABASE_POOL: '',
    MIGRATE: '',
    DEMO_DATA: '',
    PROVIDER_TIMEOUT_MS: '',
    LOG_LEVEL: '',
  };
  expect(readConfig({ ...least, ...empty })).toEqual(readConfig(least));
});

test.each(['0', '1', 'on'])('a gateway that is given DEMO_DATA=%s does not start', DEMO_DATA => {
  expect(complaint({ ...least, DEMO_DATA })).toBe(
    'DEMO_DATA is a setting of `npm start`. A gateway has no demo data: start it without DEMO_DATA.',
  );
});

test.each([
  [undefined, true, true],
  ['', false, false],
  ['0', true, false],
  ['on', false, true],
])('npm start takes DEMO_DATA=%s, by default %s, as %s', (value, defaultValue, meant) => {
  expect(readDemoData(value, defaultValue)).toBe(meant);
});

test('npm start refuses another DEMO_DATA', () => {
  expect(() => readDemoData('2', true)).toThrow(new ConfigError('DEMO_DATA must be 1 or 0.'));
});

test('every setting is read', () => {
  const config = readConfig({
    ...least,
    PORT: '0',
    HOST: '0.0.0.0',
    DATABASE_POOL: '40',
    MIGRATE: '1',
    PROVIDER_TIMEOUT_MS: '1500',
    LOG_LEVEL: 'debug',
  });
  expect(config).toMatchObject({ port: 0, host: '0.0.0.0', databasePool: 40, migrate: true });
  expect(config).toMatchObject({ provider: { timeoutMs: 1500 }, logLevel: 'debug' });
});

test('a mail server in production needs the public URL of the gateway', () => {
  const server = { ...least, SMTP_URL: 'smtps://user:secret@mail.example' };
  expect(readConfig(server).mail).toMatchObject({ server: server.SMTP_URL, publicUrl: null });
  expect(complaint({ ...server, NODE_ENV: 'production' })).toBe(
    'PUBLIC_URL has to be set, because SMTP_URL is: links in mails need it.',
  );
  const set = { ...server, NODE_ENV: 'production', PUBLIC_URL: 'https://cloud.example' };
  expect(readConfig(set).mail.publicUrl).toBe('https://cloud.example');
});

test.each([
  ['SMTP_URL', 'http://mail.example', 'SMTP_URL must be an address that starts with smtp:// or smtps://.'],
  ['MAIL_FROM', 'Nobody', 'MAIL_FROM must be an address, or `Name <address>`.'],
  ['MAIL_FROM', 'A <a@b.example>\r\nBcc: c@d.example', 'MAIL_FROM must be an address, or `Name <address>`.'],
  ['PUBLIC_URL', 'cloud.example', 'PUBLIC_URL must be an address that starts with http:// or https://.'],
  ['RESET_URL', 'javascript:0', 'RESET_URL must be an address that starts with http:// or https://.'],
])('%s=%s is refused', (name, value, message) => {
  expect(complaint({ ...least, [name]: value })).toBe(message);
});

test.each(['no-reply@cloud.example', 'Skybasket <no-reply@cloud.example>', '<no-reply@cloud.example>'])(
  'MAIL_FROM=%s is a sender',
  MAIL_FROM => {
    expect(readConfig({ ...least, MAIL_FROM }).mail.from).toBe(MAIL_FROM);
  },
);

test('metrics and traces are off until their destination is set', () => {
  const { observability } = readConfig({
    ...least,
    METRICS_PORT: '9464',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
    OTEL_TRACES_SAMPLER_ARG: '0.25',
  });
  expect(observability).toEqual({
    accessLog: 'executed',
    metrics: { host: '127.0.0.1', port: 9464 },
    tracing: { endpoint: 'http://collector:4318', serviceName: 'skybasket', share: 0.25 },
  });
});

test('the reference lists every setting with its default', () => {
  const rows = configurationReference().slice(2);
  expect(rows.length).toBeGreaterThan(30);
  const values = Object.fromEntries(
    rows
      .map(row => row.split(' | '))
      .map(([name, , unset]) => [name?.slice(3, -1), unset?.replaceAll('`', '')]),
  );
  const defaults = Object.entries(values).filter(([, unset]) => unset && !String(unset).startsWith('**'));
  expect(readConfig({ ...least, ...Object.fromEntries(defaults) })).toEqual(readConfig(least));
  const needed = Object.keys(values).filter(name => String(values[name]).startsWith('**'));
  expect(needed.sort()).toEqual(Object.keys(least).sort());
});

test.each([
  ['1', true],
  ['true', true],
  ['on', true],
  ['0', false],
  ['false', false],
  ['off', false],
])('MIGRATE=%s is %s', (value, meant) => {
  expect(readConfig({ ...least, MIGRATE: value }).migrate).toBe(meant);
});

test.each([
  ['PORT', '70000', 'PORT must be a whole number from 0 to 65535.'],
  ['PORT', '-1', 'PORT must be a whole number from 0 to 65535.'],
  ['PORT', '80.5', 'PORT must be a whole number from 0 to 65535.'],
  ['PORT', 'http', 'PORT must be a whole number from 0 to 65535.'],
  ['PORT', ' ', 'PORT must be a whole number from 0 to 65535.'],
  ['DATABASE_POOL', '1', 'DATABASE_POOL must be a whole number from 2 to 500.'],
  ['DATABASE_POOL', '501', 'DATABASE_POOL must be a whole number from 2 to 500.'],
  ['PROVIDER_TIMEOUT_MS', '99', 'PROVIDER_TIMEOUT_MS must be a whole number from 100 to 120000.'],
  ['MIGRATE', 'yes', 'MIGRATE must be 1 or 0.'],
  ['DATABASE_URL', 'postgres://db/x', 'DATABASE_URL must be an address that starts with mysql://.'],
  ['DATABASE_URL', 'localhost', 'DATABASE_URL must be an address that starts with mysql://.'],
  ['PROVIDER_URL', 'ftp://x', 'PROVIDER_URL must be an address that starts with http:// or https://.'],
  [
    'AUTH_SECRET',
    'x'.repeat(40),
    'AUTH_SECRET is a published example or can be guessed; make one with `openssl rand -base64 48`.',
  ],
  [
    'WEBHOOK_KEY',
    'abc'.repeat(20),
    'WEBHOOK_KEY is a published example or can be guessed; make one with `openssl rand -base64 48`.',
  ],
  [
    'ALLOWED_HOSTS',
    'http://shop.example',
    'ALLOWED_HOSTS must be host names without ports, such as shop.example, with commas between them.',
  ],
  [
    'ALLOWED_HOSTS',
    'shop.example:80',
    'ALLOWED_HOSTS must be host names without ports, such as shop.example, with commas between them.',
  ],
  ['AUTH_SECRET', 'short', 'AUTH_SECRET must have at least 32 characters.'],
  ['METRICS_PORT', '-1', 'METRICS_PORT must be a whole number from 0 to 65535.'],
  ['ACCESS_LOG', 'yes', 'ACCESS_LOG must be one of off, executed, all.'],
  ['OTEL_TRACES_SAMPLER_ARG', '2', 'OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1.'],
  [
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'collector:4318',
    'OTEL_EXPORTER_OTLP_ENDPOINT must be an address that starts with http:// or https://.',
  ],
  ['LOG_LEVEL', 'loud', 'LOG_LEVEL must be one of trace, debug, info, warn, error, silent.'],
])('%s=%s is rejected with one sentence that names it', (name, value, sentence) => {
  expect(complaint({ ...least, [name]: value })).toBe(sentence);
});

test.each(Object.keys(least))('a start without %s fails with a message that names it', name => {
  expect(complaint({ ...least, [name]: undefined })).toBe(`${name} has to be set.`);
  expect(complaint({ ...least, [name]: '' })).toBe(`${name} has to be set.`);
});

test('all invalid settings are reported at once', () => {
  expect(complaint({ ...least, PORT: 'x', AUTH_SECRET: undefined })).toBe(
    'PORT must be a whole number from 0 to 65535. AUTH_SECRET has to be set.',
  );
});

test('the message does not contain the invalid value: it could be a secret', () => {
  expect(complaint({ ...least, AUTH_SECRET: 'hush', DATABASE_URL: 'http://user:hush@db' })).not.toContain(
    'hush',
  );
});

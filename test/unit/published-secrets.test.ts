import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, readConfig } from '../../src/config';
import { ROOT } from '../support/root';

const least = {
  DATABASE_URL: 'mysql://db/skybasket',
  PROVIDER_URL: 'https://provider.example',
  PROVIDER_APPLICATION_ID: 'app',
  PROVIDER_API_KEY: 'key',
};

/** Every value that a page, a manifest or an example gives to a secret; what is computed or asked for is none. */
function published(): string[] {
  const files = execFileSync('git', ['ls-files', 'deploy', 'docs', '*.md', 'examples'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const text = files
    .split('\n')
    .filter(name => /\.(md|ya?ml|env|service|sh)$/.test(name))
    .map(name => readFileSync(join(ROOT, name), 'utf8'))
    .join('\n');
  return [...text.matchAll(/\b(?:AUTH_SECRET|WEBHOOK_KEY)(?:=|: +)(["']?)(.*)\1$/gm)]
    .map(([, , value = '']) => value.trim())
    .filter(value => !value.startsWith('$'));
}

const withSecret = (AUTH_SECRET: string) => () => readConfig({ ...least, AUTH_SECRET });

test('no secret published in this repository is accepted', () => {
  const secrets = published();
  expect(secrets.length).toBeGreaterThan(0);
  for (const secret of secrets) expect(withSecret(secret)).toThrow(ConfigError);
});

test('the secret of an earlier example is rejected', () => {
  expect(withSecret('at least thirty-two characters of chance')).toThrow(
    'AUTH_SECRET is a published example',
  );
});

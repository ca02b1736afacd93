import { readConfig, type SecurityConfig } from '../../src/config';

/** The settings that an operator has who sets nothing, but for a cost that no test meets unless it wants to. */
export function usualSecurity(env: NodeJS.ProcessEnv = {}): SecurityConfig {
  const made = {
    DATABASE_URL: 'mysql://127.0.0.1',
    AUTH_SECRET: 'a secret of the tests that is long enough',
    PROVIDER_URL: 'http://127.0.0.1',
    PROVIDER_APPLICATION_ID: '-',
    PROVIDER_API_KEY: '-',
  };
  return readConfig({ ...made, COST_BUCKET: '0', ...env }).security;
}

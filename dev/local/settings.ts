import { randomBytes } from 'node:crypto';
import { ConfigError, readConfig } from '../../src/config';
import { flag } from '../../src/config/setting';

/** Value of a setting. Undefined if it is not set or empty. */
export const given = (value: string | undefined): string | undefined => value?.trim() || undefined;

/** Reads `DEMO_DATA`: whether to insert the demo data into an empty database. */
export function readDemoData(value: string | undefined, defaultValue: boolean): boolean {
  const { error, data } = flag(defaultValue).safeParse(given(value));
  if (error) throw new ConfigError('DEMO_DATA must be 1 or 0.');
  return data;
}

/** Throws for invalid settings before anything is started. Settings that `npm start` generates can be missing. */
export function checkSettings(env: NodeJS.ProcessEnv): void {
  const provider = { PROVIDER_URL: 'http://127.0.0.1', PROVIDER_APPLICATION_ID: '-', PROVIDER_API_KEY: '-' };
  const made = { DATABASE_URL: 'mysql://127.0.0.1', AUTH_SECRET: randomBytes(32).toString('base64url') };
  const chosen = Object.entries(env).filter(([, value]) => given(value));
  readConfig({ ...made, ...(!given(env.PROVIDER_URL) && provider), ...Object.fromEntries(chosen) });
}

import { randomBytes } from 'node:crypto';
import { readConfig } from '../config';

/** A setting's value; undefined when it is not set, or set to nothing. */
export const given = (value: string | undefined): string | undefined => value?.trim() || undefined;

/** Refuses bad settings before anything is started; those that the start makes itself may be missing. */
export function checkSettings(env: NodeJS.ProcessEnv): void {
  const provider = { PROVIDER_URL: 'http://127.0.0.1', PROVIDER_APPLICATION_ID: '-', PROVIDER_API_KEY: '-' };
  const made = { DATABASE_URL: 'mysql://127.0.0.1', AUTH_SECRET: randomBytes(32).toString('base64url') };
  const chosen = Object.entries(env).filter(([, value]) => given(value));
  readConfig({ ...made, ...(!given(env.PROVIDER_URL) && provider), ...Object.fromEntries(chosen) });
}

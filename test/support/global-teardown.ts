import { shared } from './shared-database';

/** Stops what the set-up started, and removes its data. */
export default async function globalTeardown(): Promise<void> {
  await shared.testServer?.stop();
}

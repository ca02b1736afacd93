import { type Gateway, runGateway } from '../../src/main';
import { fillDatabase } from '../demo-data/fill';
import { oneClickSignIns } from '../demo-data/sign-ins';
import type { LocalParts } from './environment';

/** Inserts the demo data if the settings request it, and runs the gateway. */
export async function runLocalGateway(
  { env, config, demoData }: LocalParts,
  onListening: (address: { url: string }) => void,
): Promise<Gateway> {
  if (demoData) await fillDatabase(config, config.migrate);
  return runGateway(env, onListening, { signIns: demoData ? oneClickSignIns : [] });
}

import { type Gateway, runGateway } from '../../src/main';
import { DEMO_PASSWORD } from '../demo-data';
import { fillDatabase } from '../demo-data/fill';
import { DEMO_SIGN_INS } from '../demo-data/sign-ins';
import type { LocalParts } from './environment';

const signIns = DEMO_SIGN_INS.map(([email, who]) => ({ email, who, password: DEMO_PASSWORD }));

/** Fills the database with the demo data, if the settings say so, and runs the gateway. */
export async function runLocalGateway(
  { env, config, demoData }: LocalParts,
  onListening: (address: { url: string }) => void,
): Promise<Gateway> {
  if (demoData) await fillDatabase(config, config.migrate);
  return runGateway(env, onListening, { signIns: demoData ? signIns : [] });
}

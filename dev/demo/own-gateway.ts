import { rmSync } from 'node:fs';
import { completeEnvironment } from '../local/environment';
import { runLocalGateway } from '../local/run-gateway';
import { makeThrowawayHome } from '../local/throwaway';

/** Gateway that the demo uses. */
export interface DemoGateway {
  /** Root URL, without a slash at the end. */
  url: string;
  /** Stops the gateway if the demo has started it. */
  stop(): Promise<void>;
}

// The demo must not write to a database or provider of the environment.
const OWN = {
  PORT: '0',
  HOST: '127.0.0.1',
  LOG_LEVEL: 'error',
  DATABASE_URL: '',
  PROVIDER_URL: '',
  PROVIDER_APPLICATION_ID: '',
  PROVIDER_API_KEY: '',
  AUTH_SECRET: '',
  MIGRATE: '1',
  DEMO_DATA: '1',
};

/** Starts a gateway with a temporary database and provider, which are removed when it stops. */
export async function startOwnGateway(): Promise<DemoGateway> {
  const home = await makeThrowawayHome();
  const stops: (() => Promise<void>)[] = [async () => rmSync(home, { recursive: true, force: true })];
  let stopped: Promise<void> | undefined;
  const stopAll = async () => {
    for (const part of stops.reverse()) await part();
  };
  // A second caller waits for the first stop.
  const stop = () => {
    stopped ??= stopAll();
    return stopped;
  };
  try {
    const asked = { ...process.env, ...OWN, DATA_DIR: home };
    const quiet = () => undefined;
    const parts = await completeEnvironment(asked, quiet, part => stops.push(part));
    let at = '';
    const gateway = await runLocalGateway(parts, ({ url }) => {
      at = url;
    });
    stops.push(() => gateway.stop());
    return { url: at, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

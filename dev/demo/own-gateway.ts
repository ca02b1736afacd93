import { rmSync } from 'node:fs';
import { completeEnvironment } from '../local/environment';
import { runLocalGateway } from '../local/run-gateway';
import { makeThrowawayHome } from '../local/throwaway';

/** The gateway that the demo is played against. */
export interface DemoGateway {
  /** Of its root, without a slash at the end. */
  url: string;
  /** Stops what the demo has started, and nothing else. */
  stop(): Promise<void>;
}

// Whatever database, provider or secret the environment names is not the demo's to write to.
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

/** Starts a gateway with a database and a provider of its own, which are gone when it is stopped. */
export async function startOwnGateway(): Promise<DemoGateway> {
  const home = await makeThrowawayHome();
  const stops: (() => Promise<void>)[] = [async () => rmSync(home, { recursive: true, force: true })];
  let stopped: Promise<void> | undefined;
  const stopAll = async () => {
    for (const part of stops.reverse()) await part();
  };
  // Who asks a second time waits for the first.
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

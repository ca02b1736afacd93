import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { explain } from '../../src/terminal';
import { DEMO_SIGN_INS } from '../demo-data/sign-ins';
import { startSimulatorProcess } from '../local/simulator';
import { listenForStop } from '../local/stop-signals';
import { makeThrowawayHome } from '../local/throwaway';
import { type Cluster, startCluster } from './cluster';
import { chooseKind } from './kinds';

const APPLICATION_ID = '6f6c1a5e-0b1d-4c53-9d0e-5c1f7a3b9e42';

const began = performance.now();
const say = (line: string): void => {
  const seconds = ((performance.now() - began) / 1000).toFixed(1).padStart(5);
  process.stdout.write(`${seconds} s  ${line}\n`);
};

function banner(cluster: Cluster, simulatorUrl: string, apiKey: string): string {
  const { url, observedUrl, home, gateways, database } = cluster;
  return [
    '',
    `Three gateways on three database nodes (${database.kind.title}) are ready.`,
    `  GraphQL     ${url}/graphql (HTTP, WebSocket), ${url}/graphql/stream (SSE)`,
    `  HAProxy     ${observedUrl} shows the state of the servers, ${observedUrl}/metrics metrics`,
    `  Simulator   ${new URL(simulatorUrl).origin}/_control/ledger, key ${apiKey}`,
    `  Logs, data  ${home}, removed at the end`,
    '',
    'Kill any process (kill -9) and watch the failover:',
    ...gateways.map(({ name, pid, url: own }) => `  ${name.padEnd(12)}process ${pid}, ${own}`),
    ...database.nodes.map(({ place, pid }) => `  ${place.name.padEnd(12)}process ${pid}, port ${place.port}`),
    '',
    `Sign in as ${DEMO_SIGN_INS[0]?.[0]} with the password "demo". Ctrl-C stops everything.`,
    '',
  ].join('\n');
}

/** Restarts processes that have ended, as an orchestrator does. */
function bringBack(cluster: Cluster, stopping: AbortSignal): void {
  for (const unit of [...cluster.gateways, ...cluster.database.nodes]) {
    const name = 'place' in unit ? unit.place.name : unit.name;
    const watch = async (): Promise<void> => {
      while (!stopping.aborted) {
        const how = await unit.exited;
        if (stopping.aborted) return;
        say(`${name} ended (${how}). Restarting it …`);
        await unit.start().then(
          () => say(`${name} has restarted, process ${unit.pid}.`),
          (error: Error) => say(error.message),
        );
      }
    };
    void watch();
  }
}

/** `npm run cluster`: starts everything, and stops it in reverse order after a signal. */
export async function start(): Promise<void> {
  const stops: (() => Promise<void>)[] = [];
  const stopping = new AbortController();
  const signals = listenForStop(
    () => say('Stopping …'),
    () => process.exit(130),
  );
  let code = 0;
  try {
    const apiKey = randomBytes(24).toString('base64url');
    const home = await makeThrowawayHome();
    stops.push(async () => rmSync(home, { recursive: true, force: true }));
    const provider = { journalPath: join(home, 'simulator.journal'), applicationId: APPLICATION_ID, apiKey };
    const simulator = await startSimulatorProcess({ ...provider, log: say });
    stops.push(() => simulator.stop());
    const port = Number(process.env.PORT || 4000);
    const settings = {
      PROVIDER_URL: simulator.url,
      PROVIDER_APPLICATION_ID: APPLICATION_ID,
      PROVIDER_API_KEY: apiKey,
      BROKER_URL: simulator.brokerUrl,
      BROKER_USERNAME: APPLICATION_ID,
      BROKER_PASSWORD: apiKey,
      AUTH_SECRET: randomBytes(32).toString('base64url'),
      PLAYGROUND: '1',
    };
    const cluster = await startCluster({ log: say, kind: chooseKind(process.env), settings, port });
    stops.push(cluster.stop);
    process.stdout.write(banner(cluster, simulator.url, apiKey));
    bringBack(cluster, stopping.signal);
    await signals.received;
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    code = 1;
  }
  stopping.abort();
  for (const stop of stops.reverse()) await stop();
  process.exit(code);
}

import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { fillDatabaseAt } from '../demo-data/fill';
import { freePort } from '../local/free-port';
import type { Log } from '../local/log';
import { makeThrowawayHome } from '../local/throwaway';
import { GatewayUnit } from './gateway';
import type { ClusterKind } from './kind';
import { type DatabaseCluster, startNodes } from './nodes';
import type { NodeNetwork } from './place';
import { findProxy } from './programs';
import { startProxy } from './proxy';

const GATEWAYS = ['gateway-1', 'gateway-2', 'gateway-3'] as const;

/** Options of a cluster. */
export interface ClusterOptions {
  log: Log;
  /** Kind of the database cluster. */
  kind: ClusterKind;
  /** Networks of the database nodes, in order. Defaults to the loopback interface. */
  networks?: readonly NodeNetwork[] | undefined;
  /** Settings of every gateway that the cluster does not generate: those of the provider, AUTH_SECRET, and overrides. */
  settings: NodeJS.ProcessEnv;
  /** Port of the GraphQL API. Defaults to a free port. */
  port?: number;
}

/** Three gateways and three database nodes behind one address. They end with this process. */
export interface Cluster {
  /** URL of the GraphQL API, through the proxy. */
  url: string;
  /** URL of the database, through the proxy, which chooses the writer. */
  databaseUrl: string;
  /** State of the servers as seen by the proxy. Its metrics are at /metrics. */
  observedUrl: string;
  /** Folder with all data of the cluster. Valid until the cluster stops. */
  home: string;
  database: DatabaseCluster;
  gateways: readonly GatewayUnit[];
  stop(): Promise<void>;
}

const at = (port: number, host = '127.0.0.1') => `${host}:${port}`;

/** Starts a cluster, with the demo data in its database. */
export async function startCluster({ log, settings, port, ...nodes }: ClusterOptions): Promise<Cluster> {
  const haproxy = findProxy();
  const home = await makeThrowawayHome();
  const stops = [async () => rmSync(home, { recursive: true, force: true })];
  const stop = async () => {
    // Stops run in reverse order: the proxy and the nodes after the parts that depend on them.
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const database = await startNodes(home, randomBytes(24).toString('base64url'), { ...nodes, log });
    stops.push(database.stop);
    const [graph, databasePort, observed] = [port ?? (await freePort()), await freePort(), await freePort()];
    const databaseUrl = database.urlAt(databasePort);
    const gateways: GatewayUnit[] = [];
    for (const name of GATEWAYS) {
      gateways.push(
        new GatewayUnit(name, await freePort(), {
          TRUSTED_PROXIES: '1',
          ...settings,
          DATABASE_URL: databaseUrl,
        }),
      );
    }
    const [node1, node2, node3] = database.nodes.map(({ place }) => at(place.port, place.network.host)) as [
      string,
      string,
      string,
    ];
    const [gateway1, gateway2, gateway3] = gateways.map(gateway => at(gateway.port)) as [
      string,
      string,
      string,
    ];
    const addresses = {
      GRAPH_BIND: at(graph),
      DATABASE_BIND: at(databasePort),
      OBSERVED_BIND: at(observed),
      DATABASE_1: node1,
      DATABASE_2: node2,
      DATABASE_3: node3,
      GATEWAY_1: gateway1,
      GATEWAY_2: gateway2,
      GATEWAY_3: gateway3,
    };
    const proxy = await startProxy(haproxy, home, addresses, database.kind.proxySettings);
    stops.push(proxy.stop);
    log('HAProxy is ready and routes to the writer.');
    await fillDatabaseAt(databaseUrl);
    for (const gateway of gateways) {
      log(`Starting ${gateway.name} …`);
      stops.push(() => gateway.stop());
      await gateway.start();
    }
    return {
      url: `http://${at(graph)}`,
      databaseUrl,
      observedUrl: `http://${at(observed)}`,
      home,
      database,
      gateways,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

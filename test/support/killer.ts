import { desk } from './desk';
import { type GatewayProcess, insistOn, startGatewayProcess } from './gateway-process';
import { type AtPoint, tapBroker, tapDatabase, tapProvider } from './kill-points';
import { startOutside } from './outside';
import type { Sample } from './sample';

/** Sample of the points `before` and `after` each call and each COMMIT, with how often the same was passed before. */
export function samplePoints(
  sample: Sample,
  calls: string[],
  commits: number,
): [point: string, nth: number][] {
  const all = [...calls, ...Array(commits).fill('COMMIT')] as string[];
  const passed = all.flatMap((name, index) => {
    const nth = all.slice(0, index).filter(other => other === name).length;
    return [
      [`before ${name}`, nth],
      [`after ${name}`, nth],
    ] as [string, number][];
  });
  return sample.of(passed, ([point]) => point);
}

/** A gateway behind taps on its database and its providers, that is killed at named points and started again. */
export async function startKiller() {
  const outside = await startOutside();
  await outside.first.stop();
  let gateway: GatewayProcess;
  let starting: Promise<void> = Promise.resolve();
  let kills = 0;
  /** Where the gateway is killed next: at the nth passing of a point by what mentions one of the marks. */
  let armed: { point: string; nth: number; marks: string[]; hit: () => void } | undefined;

  const atPoint: AtPoint = async (point, text) => {
    if (armed?.point !== point || !armed.marks.some(mark => text.includes(mark))) return;
    armed.nth -= 1;
    if (armed.nth >= 0) return;
    const { hit } = armed;
    armed = undefined;
    // What begins at the start of a gateway may reach the point before it listens.
    await starting;
    await kill();
    hit();
    // What the point stopped never goes on.
    await new Promise(() => undefined);
  };
  const database = await tapDatabase(outside.databaseUrl, atPoint);
  const provider = await tapProvider(outside.provider.url, atPoint);
  const broker = await tapBroker(outside.brokerUrl, atPoint);
  const start = () => {
    const urls = { DATABASE_URL: database.url, PROVIDER_URL: provider.url, BROKER_URL: broker.url };
    starting = startGatewayProcess(urls).then(started => {
      gateway = started;
    });
    return starting;
  };
  const kill = async () => {
    kills += 1;
    await gateway.kill();
  };
  await start();

  return {
    outside,
    manager: desk((query, variables) => gateway.send(outside.token, query, variables)),
    insist: insistOn,
    start,
    kill,
    kills: () => kills,
    /** Kills at the point that `doIt` leads to, and starts the gateway again. */
    async killAt(point: string, nth: number, marks: string[], doIt: () => Promise<unknown>) {
      const dead = new Promise<void>(hit => {
        armed = { point, nth, marks, hit };
      });
      const done = insistOn(doIt);
      await dead;
      await start();
      await done;
    },
    async stop() {
      await gateway.kill();
      for (const tap of [database, provider, broker]) await tap.stop();
      await outside.stop();
    },
  };
}

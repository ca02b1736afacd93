import { appendFileSync } from 'node:fs';
import { desk, license, newAccount } from '../../support/desk';
import { exchange } from '../../support/insist';
import { elapse, until } from '../../support/until';
import { audit } from './audit';
import type { Lab } from './lab';
import { READS, startLoad } from './load';

const RECOVERY_MS = 10_000;
/** More than what the collector leaves from one run to the next; a leak of a connection or a request is descriptors. */
const MORE_MB = 120;
const MORE_DESCRIPTORS = 24;

/** Makes a fault, lets it last, and ends it. */
export type Fault = (lab: Lab) => Promise<void>;

/** One row of the table. */
interface Row {
  group: string;
  fault: string;
  seen: Record<string, number>;
  orders: number;
  /** Seconds from the end of the fault to normal answers. */
  recoveryS: number;
  /** Seconds from the end of the fault to the last order that is complete. */
  completeS: number;
  lost: number;
  doubled: number;
}

let probes = 0;

/** Whether a page, a list and an order are answered at the first try. */
async function answersNormally(lab: Lab): Promise<boolean> {
  const ready = await fetch(`${lab.url}/readyz`).then(
    ({ status }) => status === 200,
    () => false,
  );
  if (!ready) return false;
  const once = async (token: string | null, query: string, variables = {}) => {
    const answer = await exchange(lab.url, token, JSON.stringify({ query, variables }));
    const body = answer?.status === 200 ? JSON.parse(answer.text) : { errors: ['no answer'] };
    if (body.errors) throw new Error(answer?.text);
    return body.data;
  };
  probes += 1;
  const { id } = await newAccount(lab.rows, `Probe ${probes}`, lab.resellerId);
  try {
    await once(null, READS.catalog);
    await once(lab.token, READS.list);
    await desk((query, variables) => once(lab.token, query, variables)).order(
      id,
      license('Backups', { 'IC-ADD-1TB': 1 }),
    );
    return true;
  } catch {
    return false;
  }
}

/** Makes `fault` under load; asserts that the gateway recovers in time and that nothing is lost or doubled. */
export async function underLoad(
  lab: Lab,
  group: string,
  name: string,
  fault: Fault,
  recoveryMs = RECOVERY_MS,
): Promise<void> {
  const load = startLoad(lab);
  await elapse(2500, 'the load warms connections up');
  const before = lab.gateway.footprint();
  for (const how of Object.keys(load.seen)) delete load.seen[how];
  await fault(lab);
  const ended = performance.now();
  await until(() => answersNormally(lab), { withinMs: recoveryMs, everyMs: 50, what: 'normal answers' });
  const sinceEnd = () => Math.round((performance.now() - ended) / 100) / 10;
  const recoveryS = sinceEnd();
  const seen = { ...load.seen };
  await load.stop();
  await lab.settled({ withinMs: 90_000, everyMs: 50 });
  const completeS = sinceEnd();
  const { lost, doubled } = await audit(lab, load.sold);
  const row: Row = {
    group,
    fault: name,
    seen,
    orders: load.sold.length,
    recoveryS,
    completeS,
    lost,
    doubled,
  };
  process.stdout.write(`${JSON.stringify(row)}\n`);
  if (process.env.CHAOS_RESULTS) appendFileSync(process.env.CHAOS_RESULTS, `${JSON.stringify(row)}\n`);
  expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
  expect(load.sold.length).toBeGreaterThan(0);
  expect(recoveryS * 1000).toBeLessThanOrEqual(recoveryMs);
  const shrunk = () => lab.gateway.footprint().descriptors <= before.descriptors + MORE_DESCRIPTORS;
  await until(shrunk, { open: () => [before, lab.gateway.footprint()] });
  expect(lab.gateway.footprint().residentMb).toBeLessThanOrEqual(before.residentMb + MORE_MB);
}

/** Lets a fault last. */
export const lasting = (seconds: number) => elapse(seconds * 1000, 'the fault lasts');

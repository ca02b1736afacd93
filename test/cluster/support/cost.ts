import { readFileSync } from 'node:fs';
import type { ClusterNode } from '../../../dev/cluster/node';
import type { Lab } from './lab';

/** What a cluster has spent since it was started. */
interface Spent {
  statements: number;
  events: number;
  writerMs: number;
  standbysMs: number;
  gatewaysMs: number;
}

/** Processor time of a process, in milliseconds. */
function cpuMs(pid: number | undefined): number {
  if (pid === undefined) return 0;
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** What has been spent until now, with `writer` the node that everything is sent to. */
async function spent({ cluster, rows }: Lab, writer: ClusterNode): Promise<Spent> {
  const { nodes } = cluster.database;
  const [questions] = await writer.query(`SHOW GLOBAL STATUS LIKE 'Questions'`);
  const [log] = await rows('SELECT COUNT(*) AS n FROM events');
  const sum = (pids: (number | undefined)[]) => pids.reduce<number>((ms, pid) => ms + cpuMs(pid), 0);
  return {
    statements: Number(questions?.Value),
    events: log?.n,
    writerMs: cpuMs(writer.pid),
    standbysMs: sum(nodes.filter(node => node !== writer).map(({ pid }) => pid)),
    gatewaysMs: sum(cluster.gateways.map(({ pid }) => pid)),
  };
}

/** What `work` costs for each of `count` orders, in words. */
export async function costOf(lab: Lab, count: number, work: () => Promise<unknown>): Promise<string> {
  const [writer] = await lab.writers(1);
  if (!writer) throw new Error('No node takes the writes.');
  const before = await spent(lab, writer);
  await work();
  const after = await spent(lab, writer);
  const each = (name: keyof Spent) => ((after[name] - before[name]) / count).toFixed(1);
  return (
    `${each('statements')} statements and ${each('events')} events an order; processor ms an order: ` +
    `writer ${each('writerMs')}, each standby ${(Number(each('standbysMs')) / 2).toFixed(1)}, gateways ${each('gatewaysMs')}`
  );
}

import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, inLab } from './lib/bench';
import { cpuSeconds, residentMb } from './lib/processes';
import { say } from './lib/report';
import { median } from './lib/rounds';
import { short } from './lib/table';

const STARTS = 7;

/** Time from the start to readiness on a migrated database, and memory of an idle gateway. */
export const start: Bench = {
  name: 'start',
  what: 'cold start until /readyz answers 200, and memory at rest',
  run: () =>
    inLab(async lab => {
      const seconds: number[] = [];
      const processor: number[] = [];
      const megabytes: number[] = [];
      for (let time = 0; time < STARTS; time += 1) {
        const began = performance.now();
        const gateway = await lab.gateway();
        while ((await fetch(new URL('/readyz', gateway.url))).status !== 200) await sleep(5);
        seconds.push((performance.now() - began) / 1000);
        processor.push(cpuSeconds(gateway.pid));
        await sleep(1500);
        megabytes.push(residentMb(gateway.pid));
        await gateway.stop();
      }
      say(`\nProcessor time until ready: ${short(median(processor))} s`);
      say(`\nMemory at rest: ${short(median(megabytes))} MB resident`);
      return [{ goal: 'cold start: ready within 1.5 s', reached: seconds, most: 1.5 }];
    }),
};

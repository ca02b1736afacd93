import 'reflect-metadata';
import { explain } from '../src/terminal';
import { attack } from './attack';
import { catalog } from './catalog';
import { checkout } from './checkout';
import { consoleBench } from './console';
import { growth } from './growth';
import type { Bench } from './lib/bench';
import { endProgress, save, say, showStep } from './lib/report';
import { printVerdicts, type Verdict } from './lib/table';
import { lists } from './lists';
import { orders } from './orders';
import { renewals } from './renewals';
import { sequencer } from './sequencer';
import { start } from './start';
import { stream } from './stream';
import { subscriptions } from './subscriptions';

/** All benchmarks, in their order of execution. */
const benches: readonly Bench[] = [
  catalog,
  subscriptions,
  checkout,
  orders,
  renewals,
  stream,
  sequencer,
  start,
  growth,
  lists,
  consoleBench,
  attack,
];

/** `npm run bench` runs all benchmarks, or the named ones. `--list` prints the names, `--save` writes docs/benchmark.md. */
async function main(args: readonly string[]): Promise<void> {
  const names = args.filter(arg => !arg.startsWith('--'));
  if (args.includes('--list')) {
    for (const { name, what } of benches) console.log(`${name.padEnd(14)}${what}`);
    return;
  }
  const unknown = names.filter(name => !benches.some(bench => bench.name === name));
  if (unknown.length > 0) throw new Error(`Unknown benchmark: ${unknown.join(', ')}. See --list.`);
  const verdicts: Verdict[] = [];
  const chosen = benches.filter(({ name }) => names.length === 0 || names.includes(name));
  for (const bench of chosen) {
    say(`\n## ${bench.name}: ${bench.what}`);
    showStep(`Measuring ${bench.name} (${chosen.indexOf(bench) + 1} of ${chosen.length}) …`);
    verdicts.push(...(await bench.run()));
  }
  endProgress();
  printVerdicts(verdicts);
  if (args.includes('--save')) save();
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    endProgress();
    console.error(explain(error));
    process.exit(1);
  },
);

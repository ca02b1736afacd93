import 'reflect-metadata';
import { Catalog } from '../catalog';
import { reconcileOnce } from '../provisioning';
import { OperatorError } from '../terminal';
import { type Command, providerCommandLine, runWithSettings } from './command';

const HOUR_MS = 3_600_000;

/** Reconciles with one provider or with all. Returns the exit code: 2 if a subscription differs. */
async function reconcile(command: Command): Promise<number> {
  const { providers, name } = command;
  if (name !== undefined && !providers.has(name)) {
    throw new OperatorError(`There is no provider ${name}; there is ${[...providers.keys()].join(', ')}.`);
  }
  let differ = 0;
  for (const provider of name === undefined ? providers.keys() : [name]) {
    differ += await reconcileWith(command, provider);
  }
  return differ > 0 ? 2 : 0;
}

/** Resolves to the number of subscriptions that differ. */
async function reconcileWith({ progress, dryRun, config, ...tools }: Command, name: string): Promise<number> {
  const print = (text: string) => progress.print(text);
  progress.step(`${name}: asking for its subscriptions …`);
  const report = await reconcileOnce({
    ...tools,
    catalog: new Catalog(tools.db),
    name,
    everyMs: (config.reconcileHours || 24) * HOUR_MS,
    repair: !dryRun,
    now: true,
    onPage: ({ checked }) => progress.step(`${name}: ${checked} checked …`),
  });
  if (!report) {
    print(`${name}: another process reconciles with it at the moment.`);
    return 0;
  }
  print(`${name}: ${report.checked} checked, ${report.drifts.length} differ`);
  for (const { subscriptionId, difference, outcome } of report.drifts) {
    print(`${name}: ${subscriptionId} ${difference}, ${outcome}`);
  }
  if (!report.complete) print(`${name}: stopped before the end.`);
  return report.drifts.length;
}

const program = providerCommandLine(
  'reconcile',
  'Compares the subscriptions of the database with those of one provider or all, and repairs the differences.',
  '[provider]',
).addHelpText('after', 'Exit code 2: a subscription differs.');
void runWithSettings(program, reconcile);

import 'reflect-metadata';
import { Catalog } from '../catalog';
import { reconcileOnce } from '../provisioning';
import { type Command, runCommand, Usage } from './command';

const HOUR_MS = 3_600_000;

/** `npm run reconcile [-- PROVIDER] [-- --dry-run]`: with one provider or with each, now. Exits with 2 if any differs. */
async function reconcile(command: Command): Promise<number> {
  const { providers, name } = command;
  if (name !== undefined && !providers.has(name)) {
    throw new Usage(`There is no provider ${name}; there is ${[...providers.keys()].join(', ')}.`);
  }
  let differ = 0;
  for (const provider of name === undefined ? providers.keys() : [name]) {
    differ += await reconcileWith(command, provider);
  }
  return differ > 0 ? 2 : 0;
}

/** Resolves to how many subscriptions differ. */
async function reconcileWith({ say, dryRun, config, ...tools }: Command, name: string): Promise<number> {
  const report = await reconcileOnce({
    ...tools,
    catalog: new Catalog(tools.db),
    name,
    everyMs: (config.reconcileHours || 24) * HOUR_MS,
    repair: !dryRun,
    now: true,
    onPage: ({ checked, findings }) => say(`${name}: ${checked} checked, ${findings.length} differ`),
  });
  if (!report) {
    say(`${name}: another process is at it.`);
    return 0;
  }
  for (const { subscriptionId, difference, outcome } of report.findings) {
    say(`${name}: ${subscriptionId} ${difference}, ${outcome}`);
  }
  if (!report.complete) say(`${name}: stopped before the end.`);
  return report.findings.length;
}

void runCommand(reconcile);

import 'reflect-metadata';
import { Catalog } from '../catalog';
import { reconcileOnce } from '../provisioning';
import { OperatorError } from '../terminal';
import { type Command, providerCommandLine, runWithSettings } from './command';
import { jsonLines, type ReconciliationOutput, table } from './reconciliation-output';

const HOUR_MS = 3_600_000;

const FAILURE = 1;
const DIFFERENCE = 2;

/** Reconciles with one provider or with all. Returns the exit code. */
async function reconcile(command: Command): Promise<number> {
  const { providers, name, progress } = command;
  if (name !== undefined && !providers.has(name)) {
    throw new OperatorError(`There is no provider ${name}; there is ${[...providers.keys()].join(', ')}.`);
  }
  const output = (program.opts<{ json: boolean }>().json ? jsonLines : table)(text => progress.print(text));
  const codes: number[] = [];
  for (const provider of name === undefined ? providers.keys() : [name]) {
    codes.push(await reconcileWith(command, provider, output));
  }
  return Math.max(...codes);
}

/** Resolves to the exit code for one provider. */
async function reconcileWith(
  { progress, dryRun, config, ...tools }: Command,
  name: string,
  output: ReconciliationOutput,
): Promise<number> {
  progress.step(`${name}: asking for its subscriptions …`);
  const report = await reconcileOnce({
    ...tools,
    catalog: new Catalog(tools.db),
    name,
    everyMs: (config.reconcileHours || 24) * HOUR_MS,
    repair: !dryRun,
    push: !dryRun && program.opts<{ push: boolean }>().push,
    now: true,
    onResult: result => output.result(name, result),
    onPage: ({ checked }) => progress.step(`${name}: ${checked} checked …`),
  });
  if (!report) {
    progress.step(`${name}: another process reconciles with it at the moment.`);
    return FAILURE;
  }
  output.report(report);
  if (report.drifts.length > 0) return DIFFERENCE;
  return report.complete && report.unanswered === 0 ? 0 : FAILURE;
}

const program = providerCommandLine(
  'reconcile',
  'Compares the subscriptions of the database with those of one provider or all, and repairs the differences.',
  '[provider]',
)
  .option('--push', 'also set what the provider does not report', false)
  .option('--json', 'print JSON Lines instead of a table', false)
  .addHelpText(
    'after',
    'Exit code 1 also if not every subscription was compared. Exit code 2: a subscription differs.',
  );
void runWithSettings(program, reconcile);

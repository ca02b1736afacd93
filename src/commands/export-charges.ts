import 'reflect-metadata';
import { readDatabase } from '../config';
import type { Database } from '../database';
import { Account } from '../entities';
import { lastChargeSeq } from '../events';
import { type ExportedCharge, findById, findExportedCharges } from '../store';
import { OperatorError, type Progress } from '../terminal';
import { CHARGE_COLUMNS, rowOf } from './charges/columns';
import { FORMATS } from './charges/formats';
import { type ExportOptions, withExportOptions } from './charges/options';
import { outputTo } from './charges/output';
import { TOTAL_COLUMNS, Totals } from './charges/totals';
import { commandLine, run } from './command';
import { openSynchronized } from './open';

/** Charges that are read and written at a time. */
const PAGE = 1000;

const program = withExportOptions(
  commandLine(
    'export-charges',
    'Writes the charges whose period starts in a range to standard output, in the order of `seq`.',
  ),
).addHelpText(
  'after',
  '\nReads DATABASE_URL from the environment. Standard error has the `seq` with which the next export continues.\nExit codes: 0 success, 1 failure.',
);

/** Charges to export up to a number, page by page. */
async function* pagesOf(
  db: Database,
  { from, until, account, afterSeq }: ExportOptions,
  last: number,
): AsyncGenerator<ExportedCharge[]> {
  const range = { from, until, accountId: account ?? null };
  for (let after = afterSeq; after < last; ) {
    const { charges, next } = await findExportedCharges(db, range, after, last, PAGE);
    if (charges.length > 0) yield charges;
    after = next;
  }
}

/** Writes an export. Ends quietly when its reader has gone. */
async function exportCharges(db: Database, options: ExportOptions): Promise<void> {
  const { account, afterSeq, totals, format } = options;
  if (account !== undefined && !(await findById(db, Account, account)))
    throw new OperatorError(`--account: There is no account ${account}.`);
  // Later charges are for the next export: none gets a number up to this one any more.
  const last = await lastChargeSeq(db);
  const columns = totals ? TOTAL_COLUMNS : CHARGE_COLUMNS;
  const { header, line } = FORMATS[format] as (typeof FORMATS)[string];
  const output = outputTo(process.stdout);
  if (!(await output.write(header(columns)))) return;
  const sums = new Totals();
  let count = 0;
  for await (const charges of pagesOf(db, options, last)) {
    count += charges.length;
    if (totals) for (const charge of charges) sums.add(charge);
    else if (!(await output.write(charges.map(each => line(rowOf(each), columns)).join('')))) return;
  }
  for (const row of sums.rows()) if (!(await output.write(line(row, columns)))) return;
  process.stderr.write(`${count} charges. Continue with --after-seq ${Math.max(last, afterSeq)}.\n`);
}

async function main(progress: Progress): Promise<number> {
  const options = program.opts<ExportOptions>();
  if (options.until <= options.from) throw new OperatorError('--until has to be later than --from.');
  progress.step('Connecting to the database …');
  const { db, close } = await openSynchronized({ ...readDatabase(process.env), databasePool: 2 });
  try {
    progress.end();
    await exportCharges(db, options);
    return 0;
  } finally {
    await close();
  }
}

program.parse();
void run(main);

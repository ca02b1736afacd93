import { type Command, InvalidArgumentError, Option } from 'commander';
import { FORMATS } from './formats';

/** Options of an export, as they were parsed. */
export interface ExportOptions {
  from: Date;
  until: Date;
  format: string;
  account?: string;
  afterSeq: number;
  totals: boolean;
}

/** A date, or a date-time in UTC, to the millisecond. */
const TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z)?$/;

/** Parses a time. Rejects days that a month does not have. */
function utcTime(text: string): Date {
  const time = new Date(text);
  const isReal =
    TIME.test(text) && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text.slice(0, 10));
  if (isReal) return time;
  throw new InvalidArgumentError('Use a date (2026-04-01) or a date-time in UTC (2026-04-01T00:00:00Z).');
}

function sequenceNumber(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number)) return number;
  throw new InvalidArgumentError('Use the `seq` of the last charge that was exported.');
}

/** Adds the options of an export to a command line. */
export const withExportOptions = (program: Command): Command =>
  program
    .addOption(
      new Option('--from <time>', 'first start of a period, inclusive; a date or a date-time in UTC')
        .argParser(utcTime)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--until <time>', 'last start of a period, exclusive')
        .argParser(utcTime)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--format <format>', 'format of the lines').choices(Object.keys(FORMATS)).default('csv'),
    )
    .option('--account <id>', 'only charges that this account pays')
    .addOption(
      new Option('--after-seq <number>', 'only charges with a greater `seq`, to continue an export')
        .argParser(sequenceNumber)
        .default(0),
    )
    .option('--totals', 'write the totals by payer and currency instead of the charges', false);

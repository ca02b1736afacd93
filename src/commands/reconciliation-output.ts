import {
  aspectRemedies,
  describeCounts,
  type ReconciliationReport,
  type Result,
  remedies,
} from '../provisioning';

/** Output of a reconciliation. */
export interface ReconciliationOutput {
  /** Prints a difference or an unverifiable aspect when it is found. */
  result(provider: string, result: Result): void;
  /** Prints the counts of a provider at its end. */
  report(report: ReconciliationReport): void;
}

type Print = (line: string) => void;

const remedyOf = (result: Result): string =>
  'difference' in result ? remedies[result.difference] : aspectRemedies[result.unverifiable];

/** One line of JSON for each result, and one for each provider with `checked`. */
export const jsonLines = (print: Print): ReconciliationOutput => ({
  result: (provider, result) => print(JSON.stringify({ provider, ...result, remedy: remedyOf(result) })),
  report: ({ drifts, ...counts }) => print(JSON.stringify({ ...counts, differ: drifts.length })),
});

/** Rows in columns; after those of a provider its counts, and the remedy of each kind of result. */
export function table(print: Print): ReconciliationOutput {
  const remediesByFinding = new Map<string, string>();
  const row = (...cells: [string, string, string, string]) =>
    print(cells.map((cell, column) => cell.padEnd([20, 31, 24, 0][column] ?? 0)).join(''));
  return {
    result(provider, result) {
      const finding = 'difference' in result ? result.difference : `UNVERIFIABLE ${result.unverifiable}`;
      if (remediesByFinding.size === 0) row('PROVIDER', 'SUBSCRIPTION', 'FINDING', 'OUTCOME');
      row(provider, result.subscriptionId, finding, result.outcome);
      remediesByFinding.set(finding, remedyOf(result));
    },
    report(report) {
      print(`${report.provider}: ${describeCounts(report)}`);
      for (const [finding, remedy] of remediesByFinding) print(`${finding}: ${remedy}`);
      remediesByFinding.clear();
    },
  };
}

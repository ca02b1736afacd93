import ora from 'ora';

/** Progress of long work: a spinner on a terminal, plain lines elsewhere. */
export interface Progress {
  /** Prints a line of the result. */
  print(line: string): void;
  /** Reports the current step. On a terminal it replaces the step before. */
  step(text: string): void;
  /** Removes the spinner, before something else writes to the terminal. */
  end(): void;
}

const writeLine = (line: string): void => void process.stdout.write(`${line}\n`);
const writeStep = (line: string): void => void process.stderr.write(`${line}\n`);

/** Starts to report progress. Steps go to standard error, lines that stay to standard output. */
export function startProgress(): Progress {
  // A terminal that does not know its width would have ora erase lines without end.
  if (!process.stderr.isTTY || !process.stderr.columns)
    return { print: writeLine, step: writeStep, end: () => undefined };
  // Ctrl-C has to reach the handlers of the program; ora would keep standard input in raw mode.
  const spinner = ora({ discardStdin: false });
  return {
    print(line) {
      const { isSpinning } = spinner;
      spinner.stop();
      writeLine(line);
      if (isSpinning) spinner.start();
    },
    step(text) {
      spinner.start(text);
    },
    end() {
      spinner.stop();
    },
  };
}

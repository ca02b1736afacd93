/**
 * Reports a step of a script while `work` runs: a spinner on a terminal, a line elsewhere. The library is loaded here, as
 * it is there only once the packages are installed.
 */
export async function step(text, work) {
  // A terminal that does not know its width would have ora erase lines without end.
  if (!process.stderr.isTTY || !process.stderr.columns) {
    console.log(text);
    return work();
  }
  const { default: ora } = await import('ora');
  const spinner = ora({ text, discardStdin: false }).start();
  try {
    return await work();
  } finally {
    spinner.stop();
  }
}

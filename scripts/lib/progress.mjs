/**
 * Reports a step of a script while `work` runs: a spinner on a terminal, a line elsewhere. Loads the library here, because
 * it is missing before the installation of the packages.
 */
export async function step(text, work) {
  // With a terminal of unknown width, ora would erase lines without end.
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

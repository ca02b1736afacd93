import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { startProgress } from '../../src/terminal';

const said: string[] = [];
const FILE = resolve(__dirname, '../../../docs/benchmark.md');

const progress = startProgress();

/** Shows what is being measured. */
export const showStep = (text: string): void => progress.step(text);

/** Removes the spinner. */
export const endProgress = (): void => progress.end();

/** Prints a line, which is Markdown, and remembers it for `save`. */
export function say(line: string): void {
  progress.print(line);
  said.push(line);
}

/** Writes all that was said to `docs/benchmark.md`, with the machine that it was measured on. */
export function save(): void {
  const machine = `${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  const head = `# Benchmark\n\nWritten by \`npm run bench -- --save\` on ${new Date().toISOString().slice(0, 10)}, on ${machine}. How to read it:
[performance.md](performance.md).\n`;
  writeFileSync(FILE, `${head}${said.join('\n')}\n`);
  console.log(`\nWritten to ${FILE}`);
}

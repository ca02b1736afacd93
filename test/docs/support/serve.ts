import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ROOT } from '../../support/root';
import type { Command } from './commands';
import type { Reader } from './reader';

/**
 * Starts a process that serves, with all that the reader has exported, on a free port. From when it listens on, the
 * reader's addresses lead to it. Resolves to what stops it.
 */
export async function serve(reader: Reader, { text }: Command): Promise<() => Promise<void>> {
  const { output } = await reader.shell.run('export -p');
  const script = `${output}\nexport PORT=0\nexec env ${text.replace(/\s+# .*$/, '')}`;
  const child = spawn('bash', ['-c', script], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', line => {
      const [, found] = /listens at ([^\s"]+)/.exec(line) ?? [];
      if (found) resolve(found);
    });
    child.once('exit', code => reject(new Error(`${text} ended with ${code}`)));
  });
  reader.moveTo(url);
  return async () => {
    child.kill('SIGTERM');
    await exited;
  };
}

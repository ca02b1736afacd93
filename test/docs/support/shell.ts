import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** What a command did. */
export interface Done {
  code: number;
  output: string;
  errors: string;
}

/** A reader's shell: what one command sets, the next one has. */
export interface Shell {
  run(command: string): Promise<Done>;
  close(): Promise<void>;
}

const MARK = 'the command is done:';

/** Opens one in `folder`. */
export function openShell(folder: string, env: Record<string, string>): Shell {
  const { PATH, HOME } = process.env;
  const child = spawn('bash', ['--norc'], { cwd: folder, env: { PATH, HOME, ...env } });
  const exited = once(child, 'exit');
  let [output, errors] = ['', ''];
  let look: () => void = () => undefined;
  child.stdout.on('data', chunk => {
    output += String(chunk);
    look();
  });
  child.stderr.on('data', chunk => {
    errors += String(chunk);
  });
  return {
    run(command) {
      [output, errors] = ['', ''];
      return new Promise(resolve => {
        look = () => {
          const found = new RegExp(`^([^]*)${MARK} (\\d+)\n$`).exec(output);
          if (found) resolve({ code: Number(found[2]), output: found[1] ?? '', errors });
        };
        child.stdin.write(`${command}\necho "${MARK} $?"\n`);
      });
    },
    async close() {
      child.stdin.end();
      await exited;
    },
  };
}

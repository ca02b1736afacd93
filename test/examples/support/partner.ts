import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atTheEnd } from '../../support/cleanup';
import { built } from '../../support/dist';
import { ROOT } from '../../support/root';
import { until } from '../../support/until';

const MAIN = built('examples/partner/main.js');
const EXAMPLE = join(ROOT, 'examples/partner/erp/SO-1001.json');

/** A running command of the example. */
export interface Running {
  /** Waits until a line of its output matches. */
  prints(line: RegExp): Promise<void>;
  /** Sends a signal. Resolves to the exit code: null if the signal killed it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** A partner with its own ERP and state, whose programs talk to the gateway at `url`. */
export function newPartner(url: string, env: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'skybasket-partner-'));
  const erp = join(folder, 'erp');
  const state = join(folder, 'state');
  mkdirSync(erp);
  atTheEnd(() => rmSync(folder, { recursive: true, force: true }));
  const settings = { SKYBASKET_URL: url, ERP_FOLDER: erp, STATE_FOLDER: state, ...env };

  function launch(args: string[], more: Record<string, string>) {
    const child: ChildProcess = spawn(process.execPath, [MAIN, ...args], {
      env: { PATH: process.env.PATH, ...settings, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    atTheEnd(() => child.kill('SIGKILL'));
    const output = { stdout: '', stderr: '' };
    child.stdout?.on('data', chunk => {
      output.stdout += chunk;
    });
    child.stderr?.on('data', chunk => {
      output.stderr += chunk;
    });
    return { child, output, closed: once(child, 'close') };
  }

  return {
    /** Path of a file of its state. */
    path: (...names: string[]) => join(state, ...names),
    /** Lines of a journal of its state. */
    journal: (name: string): Record<string, any>[] =>
      readFileSync(join(state, name), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map(line => JSON.parse(line)),
    /** Puts a sales order into the ERP: the one of the example, for a customer of its own. Returns its path. */
    salesOrder(number: string, change: (order: Record<string, any>) => void = () => undefined): string {
      const order = JSON.parse(readFileSync(EXAMPLE, 'utf8'));
      order.number = number;
      Object.assign(order.customer, {
        number: `C-${number}`,
        email: `${number.toLowerCase()}@fjord.example`,
      });
      change(order);
      const path = join(erp, `${number}.json`);
      writeFileSync(path, JSON.stringify(order));
      return path;
    },
    /** Runs a command to its end. */
    async run(args: string[], more: Record<string, string> = {}) {
      const { child, output, closed } = launch(args, more);
      await closed;
      return { code: child.exitCode, ...output };
    },
    /** Starts a command that runs until it is stopped. */
    start(...args: string[]): Running {
      const { child, output, closed } = launch(args, {});
      return {
        prints: line =>
          until(() => line.test(output.stdout), { what: `${args} prints ${line}`, open: () => output }),
        async stop(signal = 'SIGTERM') {
          child.kill(signal);
          await closed;
          return child.exitCode;
        },
      };
    },
  };
}

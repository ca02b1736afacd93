import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../../../dev/local/free-port';
import { ROOT } from '../../support/root';

/** What the reader of a guide has running. */
export interface Skybasket {
  /** Of its root, without a slash at the end. */
  url: string;
  simulatorUrl: string;
  metricsUrl: string;
  /** Where it keeps its data: the database's socket and password too. */
  dataDir: string;
  stop(): Promise<void>;
}

/** `npm start`, with nothing but free ports and a folder of its own. */
export async function npmStart(): Promise<Skybasket> {
  const dataDir = mkdtempSync(join(tmpdir(), 'skybasket-docs-'));
  const { PATH, HOME } = process.env;
  const metricsPort = await freePort();
  const child = spawn('npm', ['start', '--silent'], {
    cwd: ROOT,
    env: { PATH, HOME, PORT: '0', METRICS_PORT: String(metricsPort), DATA_DIR: dataDir, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const { url, simulatorUrl } = await banner(child);
  return {
    url,
    simulatorUrl,
    metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
    dataDir,
    async stop() {
      child.kill('SIGTERM');
      await exited;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** What the start prints when everything is there. */
function banner(child: ChildProcess): Promise<{ url: string; simulatorUrl: string }> {
  return new Promise((resolve, reject) => {
    if (!child.stdout) throw new Error('The start has no output.');
    let url = '';
    createInterface(child.stdout).on('line', line => {
      url ||= /GraphQL +(\S+)\/graphql /.exec(line)?.[1] ?? '';
      const [, simulatorUrl] = /Simulator +(\S+)\/_control/.exec(line) ?? [];
      if (simulatorUrl) resolve({ url, simulatorUrl });
    });
    child.once('exit', code => reject(new Error(`npm start ended with ${code}.`)));
  });
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../src/config';
import { freePort } from './free-port';
import type { Log } from './log';
import { spawnTied, type TiedProcess } from './spawn-tied';

const ENTRY = join(packageRoot, 'node_modules/maildev/dist/bin/maildev.js');
const STOP_GRACE_MS = 5000;
/** Mails that it keeps. */
const MAX_MAILS = 1000;

/** Ports of a mail catcher. */
interface Ports {
  smtp: number;
  web: number;
}

/** Mail catcher in a child process: a mail server that delivers nothing, with a page that shows the mails. */
export interface MailCatcher {
  /** For `SMTP_URL`. */
  readonly smtpUrl: string;
  /** Page with the mails. */
  readonly pageUrl: string;
  readonly ports: Ports;
  /** Resolves with the exit code or signal. */
  readonly exited: Promise<string>;
  stop(): Promise<void>;
}

/** Starts MailDev on loopback. Resolves when it listens. `ports` default to free ones. */
export async function startMailCatcher(dataDir: string, log: Log, ports?: Ports): Promise<MailCatcher> {
  const { smtp, web } = ports ?? { smtp: await freePort(), web: await freePort() };
  const folder = join(dataDir, 'mails');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const loopback = '127.0.0.1';
  const child = spawnTied(
    process.execPath,
    [
      ENTRY,
      ...['--ip', loopback, '--smtp', String(smtp), '--web-ip', loopback, '--web', String(web)],
      ...['--mail-directory', folder, '--max-emails', String(MAX_MAILS)],
      // Its certificate is nobody's.
      ...['--hide-extensions', 'STARTTLS'],
    ],
    { cwd: folder, output: 'pipe' },
  );
  const pageUrl = `http://${loopback}:${web}`;
  await listening(child, pageUrl);
  log(`The mail catcher listens on ${pageUrl}.`);
  return {
    smtpUrl: `smtp://${loopback}:${smtp}/?ignoreTLS=true`,
    pageUrl,
    ports: { smtp, web },
    exited: child.exited,
    stop: () => child.stop(STOP_GRACE_MS),
  };
}

/** Waits for the line with the page, which it prints last. */
function listening(child: TiedProcess, pageUrl: string): Promise<void> {
  return new Promise((found, failed) => {
    let lastLine = '';
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', line => {
        lastLine = line.trim() || lastLine;
        if (line.includes(`URL:     ${pageUrl}`)) found();
      });
    }
    void child.exited.then(how => failed(new Error(`The mail catcher did not start (${how}): ${lastLine}`)));
  });
}

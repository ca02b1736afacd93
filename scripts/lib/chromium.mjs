import { existsSync } from 'node:fs';
import { aptInstall } from './apt.mjs';

const CHROMIUM = '/usr/bin/chromium';

/** Finds Debian's Chromium for the browser tests, or installs it if that is allowed. */
export async function ensureChromium() {
  if (existsSync(CHROMIUM)) return;
  console.log('The browser tests need Chromium, which is not installed.');
  if ((await aptInstall('chromium', 'fonts-liberation')) && existsSync(CHROMIUM)) return;
  throw new Error('The browser tests need Chromium. Install the Debian package chromium and run them again.');
}

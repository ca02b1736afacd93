import { existsSync } from 'node:fs';
import { aptInstall } from './apt.mjs';

const CHROMIUM = '/usr/bin/chromium';

/** Finds Debian's Chromium for the browser tests, or installs it where that is allowed. */
export async function ensureChromium() {
  if (existsSync(CHROMIUM)) return;
  console.log('Chromium is needed for the browser tests, and missing.');
  if ((await aptInstall('chromium', 'fonts-liberation')) && existsSync(CHROMIUM)) return;
  throw new Error('The browser tests need Chromium: install the Debian package chromium and run them again.');
}

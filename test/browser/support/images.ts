import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';

/** Where pictures for the README go, if they are asked for: `SCREENSHOTS=1 npm run test:browser -- rooms playground`. */
export const IMAGES = process.env.SCREENSHOTS ? resolve(__dirname, '../../../docs/images') : null;

if (IMAGES) mkdirSync(IMAGES, { recursive: true });

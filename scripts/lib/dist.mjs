import { createRequire } from 'node:module';
import { inRoot } from './root.mjs';

const require = createRequire(import.meta.url);

/** Loads a compiled file of this repository into this process. */
export const requireBuilt = path => require(inRoot('dist', path));

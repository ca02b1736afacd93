import { basename, dirname, resolve } from 'node:path';

const above = resolve(__dirname, '../..');

/** Folder of package.json. This file runs from dist and, in tests, from src. */
export const packageRoot = basename(above) === 'dist' ? dirname(above) : above;

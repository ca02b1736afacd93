import { readdirSync, readFileSync } from 'node:fs';
import { validate } from 'dockerfile-utils';
import { parseAllDocuments } from 'yaml';
import { inRoot } from './root.mjs';

const FOLDERS = ['deploy', 'deploy/kubernetes'];

const read = path => readFileSync(inRoot(path), 'utf8');

function dockerfile(path) {
  return validate(read(path)).map(({ message, range }) => `${path}:${range.start.line + 1} ${message}`);
}

function yaml(path) {
  const found = parseAllDocuments(read(path), { merge: true });
  return found.flatMap(({ errors, warnings }) =>
    [...errors, ...warnings].map(({ message }) => `${path} ${message}`),
  );
}

/** Fails if the syntax of a file of `deploy` is invalid. test/unit/deploy.test.ts checks the contents. */
export function checkDeploy() {
  const files = FOLDERS.flatMap(folder => readdirSync(inRoot(folder)).map(name => `${folder}/${name}`));
  const lines = files.flatMap(path => {
    if (path.endsWith('/Dockerfile')) return dockerfile(path);
    return path.endsWith('.yaml') ? yaml(path) : [];
  });
  return { code: lines.length > 0 ? 1 : 0, output: lines.join('\n') };
}

import { readdirSync, readFileSync } from 'node:fs';
import { validate } from 'dockerfile-utils';
import { parseAllDocuments } from 'yaml';
import { requireBuilt } from './dist.mjs';
import { inRoot } from './root.mjs';

const FOLDERS = ['deploy', 'deploy/kubernetes'];
/** Set by the image for Node itself. */
const OF_NODE = ['NODE_ENV'];

const files = () => FOLDERS.flatMap(folder => readdirSync(inRoot(folder)).map(name => `${folder}/${name}`));
const read = path => readFileSync(inRoot(path), 'utf8');

function dockerfile(path) {
  return validate(read(path)).map(({ message, range }) => `${path}:${range.start.line + 1} ${message}`);
}

function yaml(path) {
  const found = parseAllDocuments(read(path), { merge: true, uniqueKeys: true });
  return found.flatMap(({ errors, warnings }) =>
    [...errors, ...warnings].map(({ message }) => `${path} ${message}`),
  );
}

/** Names of environment variables that a parsed file sets for containers of the gateway. */
function* settings(node, ofGateway = false) {
  if (node === null || typeof node !== 'object') return;
  const gateway = ofGateway || node.image === 'skybasket' || node.kind === 'Secret';
  const { environment = {}, env = [], stringData = {} } = node;
  if (gateway) {
    yield* Object.keys(environment);
    yield* env.map(({ name }) => name);
    yield* Object.keys(stringData);
  }
  for (const value of Object.values(node)) yield* settings(value, gateway);
}

function unknownSettings(path, known) {
  const used = parseAllDocuments(read(path), { merge: true }).flatMap(document => [
    ...settings(document.toJS()),
  ]);
  return [...new Set(used)]
    .filter(name => !known.has(name))
    .map(name => `${path} sets ${name}, which nothing reads`);
}

/** Files that a compose file takes into its containers and that are not there. */
function missingMounts(path) {
  const mounts = [...read(path).matchAll(/- \.\/([^:\s]+):/g)].map(([, name]) => name);
  const there = new Set(files());
  return mounts
    .filter(name => !there.has(`deploy/${name}`))
    .map(name => `${path} mounts ${name}, which is missing`);
}

/** Fails when a file of `deploy` can't be read, or sets what no gateway knows. */
export function checkDeploy() {
  const { settingNames } = requireBuilt('src/config/index.js');
  const known = new Set([...settingNames, ...OF_NODE]);
  const lines = files().flatMap(path => {
    if (path.endsWith('/Dockerfile')) return dockerfile(path);
    if (!path.endsWith('.yaml')) return [];
    const broken = yaml(path);
    return broken.length > 0 ? broken : [...unknownSettings(path, known), ...missingMounts(path)];
  });
  return { code: lines.length > 0 ? 1 : 0, output: lines.join('\n') };
}

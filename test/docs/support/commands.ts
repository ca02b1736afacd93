import { spawnSync } from 'node:child_process';
import type { Block, Page } from './pages';
import { pages } from './pages';

/** A command of a shell block, as its reader would paste it. */
export interface Command {
  at: string;
  text: string;
  notes: string[];
}

/** Commands that the tests of the documents run, by how they begin; `gql` is what the README makes. */
const RUN_HERE: readonly RegExp[] = [
  /^(curl|gql|control|jq|node|mariadb|openssl|cp|cat|tar|test|export|printf|umask|npx tsc|npx vite build|npm init|npm pkg)\b/,
  /^npm run (-s )?setup -- /,
  /^cd \/opt\/skybasket$/,
  /^set -a; \. \/etc\/skybasket\.env; set \+a$/,
  /^\w+=\S+ node node_modules\/typeorm\/cli\.js /,
  /^NODE_OPTIONS=\S+ node /,
  // A variable or a function of the reader's shell.
  /^(export )?[A-Z_]+=[^\s$]*(\$\(.*)?$/s,
  /^\w+\(\) \{/,
  // A process that serves: started, asked until it is ready, and stopped when the document is through.
  /^(\w+=\S+ )*npm run serve$/,
];

/** Commands that are not run here, and the file that runs them, or that holds to what they do. */
const RUN_ELSEWHERE: readonly (readonly [command: RegExp, where: string])[] = [
  [/^(\w+=\S+ )*npm start$/, 'test/docs/support/skybasket.ts'],
  [/^npm ci$/, '.ci/run'],
  [/^npm run build$/, 'scripts/start.mjs'],
  [/^npm test$/, '.ci/run'],
  [/^npm run check$/, '.ci/run'],
  [/^npm run test:\w+( |$)/, 'scripts/test-all.mjs'],
  [/^npx -p node@24 node scripts\/test\.mjs /, 'scripts/test-nodes.mjs'],
  [/^npx npm@10 ci$/, 'scripts/check.mjs'],
  [/^npm run format$/, 'scripts/check.mjs'],
  [/^npm run schema$/, 'scripts/check.mjs'],
  [/^node dist\/examples\/partner\/main\.js /, 'test/examples/partner.test.ts'],
  [/^node test\/support\/oidc-issuer\.mjs$/, 'test/examples/partner.test.ts'],
  [/^npx graphql-codegen --config examples\/partner\/codegen\.json$/, 'scripts/check.mjs'],
  [/^npm run demo$/, 'dev/demo/checks.ts'],
  [/^(\w+=\S+ )*npm run bench( [\w-]+)*$/, 'scripts/bench.mjs'],
  [/^npm run cluster( |$)/, 'test/cluster'],
  [/^DATABASE_URL=\S+ npm run -s remove-old-events$/, 'test/http/audit-trail.test.ts'],
  [/^npm run (-s )?export-charges -- /, 'test/integration/export-charges.test.ts'],
  [/^npm run (import-catalog|reconcile)\b/, 'test/integration/commands.test.ts'],
  [/^(SAMPLE=1 )?npx jest test\/[\w/-]+$/, '.ci/run'],
  // Its packages are those of package.json, which is asserted.
  [/^npm install (-D )?[\w@/ .-]+$/, 'test/docs/commands.test.ts'],
  [/^npm run serve \| grep \w+$/, 'test/integration/provisioning/operator.test.ts'],
  [/^SIMULATOR_PORT=\d+ .*simulator\/main\.js$/, 'test/integration/simulator-process.test.ts'],
  // The unit and its user are verified there; nothing is installed on this machine.
  [/^(useradd|systemctl) /, 'test/docs/operator-files.test.ts'],
  // The repository that the reader has is this one.
  [/^git clone \S+( \S+)?$/, 'test/docs/support/pages.ts'],
];

/** Whether bash would wait for another line. */
function isOpen(text: string): boolean {
  if (text.endsWith('\\')) return true;
  const { status, stderr } = spawnSync('bash', ['-n', '-c', text], { encoding: 'utf8' });
  return status !== 0 || stderr !== '';
}

/** The commands of a block, each with as many lines as it takes; comments are for the reader. */
export function commandsOf({ at, text, notes }: Block): Command[] {
  const commands: Command[] = [];
  let open = '';
  for (const line of text.split('\n')) {
    if (open === '' && (line.trim() === '' || line.startsWith('#'))) continue;
    open = open === '' ? line : `${open}\n${line}`;
    if (isOpen(open)) continue;
    commands.push({ at, notes, text: open });
    open = '';
  }
  if (open !== '') throw new Error(`${at}: bash does not understand ${open}`);
  return commands;
}

/** Without a comment behind it. */
const bare = ({ text }: Command) => text.replace(/\s+# .*$/, '').trim();

/** Whether the tests of the documents run it. */
export const runsHere = (command: Command): boolean =>
  !runsElsewhere(command) && RUN_HERE.some(begins => begins.test(bare(command)));

/** The file that runs it instead. */
export const runsElsewhere = (command: Command): string | undefined =>
  RUN_ELSEWHERE.find(([pattern]) => pattern.test(bare(command)))?.[1];

/** Whether it goes on until somebody stops it. */
export const serves = (command: Command): boolean => /npm run serve$/.test(bare(command));

/** The shell blocks of a document. */
export const isShell = ({ language }: Block): boolean => ['sh', 'bash', 'shell'].includes(language);

/** All commands of all documents. */
export const commands: readonly Command[] = pages.flatMap(({ blocks }: Page) =>
  blocks.filter(isShell).flatMap(commandsOf),
);

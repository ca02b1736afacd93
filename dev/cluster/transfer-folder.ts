import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type GaleraPrograms, withLibraries } from './programs';

const COMMON_PART = 'wsrep_sst_common';

/**
 * Creates the folder of programs for state transfers, and returns the environment that has it in its PATH. The scripts
 * do not support a space in their path. And if root starts the nodes, rsync would write the received files as `nobody`,
 * which has no permission.
 */
export function makeTransferFolder(home: string, programs: GaleraPrograms): NodeJS.ProcessEnv {
  const folder = join(home, 'bin');
  mkdirSync(folder);
  symlinkSync(programs.transfer, join(folder, 'wsrep_sst_rsync'));
  symlinkSync(join(dirname(programs.transfer), COMMON_PART), join(folder, COMMON_PART));
  const asRoot = process.getuid?.() === 0 ? ' --dparam=uid=root --dparam=gid=root' : '';
  const rsync = join(folder, 'rsync');
  const { LD_LIBRARY_PATH } = withLibraries();
  const run = `LD_LIBRARY_PATH='${LD_LIBRARY_PATH}' exec '${programs.rsync}' "$@"`;
  writeFileSync(rsync, `#!/bin/sh\ncase " $* " in *" --daemon "*) ${run}${asRoot} ;; esac\n${run}\n`);
  chmodSync(rsync, 0o755);
  return { ...process.env, PATH: `${folder}:${process.env.PATH}` };
}

import { commonOptions, type Engine, rootUserArguments, type ServerLocation } from './engine';
import { findMysql } from './find-mysql';
import { spawnTied } from './spawn-tied';

/** Options that only MySQL has. */
const OWN = [
  // The X protocol would open a port to the network.
  '--mysqlx=OFF',
  // The default folder does not exist if the packages were only unpacked.
  '--secure-file-priv=NULL',
];

/** Installed or unpacked MySQL of Oracle. */
export const mysql: Engine = {
  id: 'mysql',
  title: 'MySQL',
  find() {
    const { command, options } = findMysql();
    const [program, ...first] = [...command, '--no-defaults', ...options] as const;
    return {
      async install(home, folder, log) {
        const args = [...first, ...rootUserArguments(), `--datadir=${home}/${folder}`];
        const how = [...args, '--initialize-insecure', '--character-set-server=utf8mb4'];
        const ended = await spawnTied(program, how, { output: log.fd }).exited;
        if (ended !== 'exit code 0') throw new Error(`mysqld --initialize failed: ${log.reason() ?? ended}`);
      },
      serve: (place: ServerLocation) => [program, ...first, ...commonOptions(place), ...OWN],
    };
  },
  // Its root account has no password.
  hardening: [`ALTER USER 'root'@'localhost' ACCOUNT LOCK`],
};

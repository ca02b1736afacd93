import type { ServerLog } from './server-log';

/** Data folder and address of a private server. */
export interface ServerLocation {
  dataDir: string;
  socketPath: string;
  port: number;
  initFile: string;
  throwaway: boolean;
}

/** A program with its arguments. */
export type CommandLine = readonly [program: string, ...args: string[]];

/** Programs of an engine on this machine. */
export interface EnginePrograms {
  /** Creates the system tables of a new server in `home`/`folder`. */
  install(home: string, folder: string, log: ServerLog): Promise<void>;
  /** Command line of the server. */
  serve(place: ServerLocation): CommandLine;
}

/** A database server that can be started privately. */
export interface Engine {
  /** Value of `DATABASE`. The names of its files in the data folder begin with it. */
  readonly id: string;
  /** Display name. */
  readonly title: string;
  /** Finds its programs. Throws ServerMissing where they are not on this machine. */
  find(): EnginePrograms;
  /** Statements of the server's init file, besides those for the account of the gateway. */
  readonly hardening: readonly string[];
}

/** The server is not on this machine. */
export class ServerMissing extends Error {}

/** The arguments without which a server that root starts would become another user, and lose its tie to us. */
export const rootUserArguments = (): string[] => (process.getuid?.() === 0 ? ['--user=root'] : []);

/** Options that every engine has, after `--no-defaults`: no file of the machine has a say. */
export function commonOptions({ dataDir, socketPath, port, initFile, throwaway }: ServerLocation): string[] {
  return [
    ...rootUserArguments(),
    `--datadir=${dataDir}`,
    `--tmpdir=${dataDir}`,
    `--socket=${socketPath}`,
    `--pid-file=${dataDir}/server.pid`,
    `--init-file=${initFile}`,
    '--bind-address=127.0.0.1',
    `--port=${port}`,
    '--skip-name-resolve',
    '--local-infile=OFF',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_unicode_ci',
    '--default-time-zone=+00:00',
    '--transaction-isolation=READ-COMMITTED',
    '--max-connections=300',
    '--skip-log-bin',
    '--performance-schema=OFF',
    // What is thrown away may be lost with the machine; anything else is on disk when it is acknowledged.
    `--innodb-flush-log-at-trx-commit=${throwaway ? 0 : 1}`,
    `--innodb-buffer-pool-size=${throwaway ? '64M' : '256M'}`,
  ];
}

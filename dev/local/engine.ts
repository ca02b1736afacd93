import type { ServerLog } from './server-log';

/** Data folder and address of a private server. */
export interface ServerLocation {
  dataDir: string;
  socketPath: string;
  port: number;
  initFile: string;
  throwaway: boolean;
}

/** Program with its arguments. */
export type CommandLine = readonly [program: string, ...args: string[]];

/** Programs of an engine on this machine. */
export interface EnginePrograms {
  /** Creates the system tables of a new server in `home`/`folder`. */
  install(home: string, folder: string, log: ServerLog): Promise<void>;
  /** Returns the command line of the server. */
  serve(place: ServerLocation): CommandLine;
}

/** Kind of database server that can be started privately. */
export interface Engine {
  /** Value of `DATABASE`. The names of its files in the data folder begin with it. */
  readonly id: string;
  /** Display name. */
  readonly title: string;
  /** Finds its programs. Throws ServerMissing if they are not installed. */
  find(): EnginePrograms;
  /** Additional statements of the server's init file. */
  readonly hardening: readonly string[];
}

/** The server is not installed. */
export class ServerMissing extends Error {}

/** Arguments for root. Without them the server would change its user, and would not end with this process. */
export const rootUserArguments = (): string[] => (process.getuid?.() === 0 ? ['--user=root'] : []);

/** Options of every engine, after `--no-defaults`, which ignores the option files of the machine. */
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
    // Throwaway data can be lost in a crash of the machine. Other data is on disk when it is acknowledged.
    `--innodb-flush-log-at-trx-commit=${throwaway ? 0 : 1}`,
    `--innodb-buffer-pool-size=${throwaway ? '64M' : '256M'}`,
  ];
}

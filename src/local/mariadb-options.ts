import { asRoot } from './mariadb-install';

/** Where the server keeps its data and listens. */
export interface MariadbPlace {
  dataDir: string;
  socketPath: string;
  port: number;
  initFile: string;
  throwaway: boolean;
}

/** The server's options, all of them: no file of the machine has a say. */
export function mariadbOptions(place: MariadbPlace): string[] {
  const { throwaway } = place;
  return [
    '--no-defaults',
    ...asRoot(),
    `--datadir=${place.dataDir}`,
    `--tmpdir=${place.dataDir}`,
    `--socket=${place.socketPath}`,
    `--pid-file=${place.dataDir}/mariadb.pid`,
    `--init-file=${place.initFile}`,
    '--bind-address=127.0.0.1',
    `--port=${place.port}`,
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

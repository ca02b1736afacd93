import { commonOptions, type Engine } from './engine';
import { findMariadb } from './find-mariadb';
import { installMariadb } from './mariadb-install';

/** Installed MariaDB. */
export const mariadb: Engine = {
  id: 'mariadb',
  title: 'MariaDB',
  find() {
    const programs = findMariadb();
    return {
      install: (home, folder, log) => installMariadb(programs, home, folder, log),
      serve: place => [programs.server, '--no-defaults', ...commonOptions(place)],
    };
  },
  hardening: [],
};

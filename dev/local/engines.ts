import { ConfigError } from '../../src/config';
import type { Engine } from './engine';
import { mariadb } from './mariadb';
import { mysql } from './mysql';

/** Engines of a private database, by `DATABASE`. The first one is the default. */
export const engines: readonly Engine[] = [mariadb, mysql];

/** Returns the engine that `DATABASE` names. Throws ConfigError for an unknown name. */
export function chooseEngine({ DATABASE }: NodeJS.ProcessEnv): Engine {
  const name = DATABASE?.trim() || mariadb.id;
  const engine = engines.find(({ id }) => id === name);
  if (engine) return engine;
  throw new ConfigError(`DATABASE has to be ${engines.map(({ id }) => id).join(' or ')}, not "${name}".`);
}

import { Initial1795300000000 } from './1795300000000-initial';
import { Claims1795300100000 } from './1795300100000-claims';

/** Every migration, oldest first. */
export const migrations = [Initial1795300000000, Claims1795300100000];

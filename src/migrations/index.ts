import { Initial1795300000000 } from './1795300000000-initial';

/** Every migration, oldest first. */
export const migrations = [Initial1795300000000];

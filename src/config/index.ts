export { type Config, readConfig, settingNames } from './config';
export { ConfigError } from './config-error';
export { type DatabaseSettings, readDatabase } from './database';
export type { AccessLog } from './observability';
export { packageRoot } from './package-root';
export type { CallerKind, SecurityConfig, TrustMode } from './security';

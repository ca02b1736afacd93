export { type Config, ConfigError, readConfig, settingNames } from './config';
export type { AccessLog } from './observability';
export { packageRoot } from './package-root';
export { configurationReference } from './reference';
export type { CallerKind, SecurityConfig, TrustMode } from './security';

export { type Config, ConfigError, readConfig } from './config';
export type { AccessLog } from './observability';
export { configurationReference } from './reference';
export type { CallerKind, SecurityConfig, TrustMode } from './security';

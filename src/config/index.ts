export { type Config, ConfigError, readConfig } from './config';
export type { AccessLog, ObservabilityConfig } from './observability';
export { configurationReference } from './reference';
export type { CallerKind, SecurityConfig, TrustMode } from './security';

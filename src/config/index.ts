export { type Config, ConfigError, readConfig } from './config';
export type { CallerKind, SecurityConfig, TrustMode } from './security';

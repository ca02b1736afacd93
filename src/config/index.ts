export { type Config, ConfigError, readConfig } from './config';
export { CALLERS, type CallerKind, type SecurityConfig, type TrustMode } from './security';

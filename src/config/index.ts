export { type Config, ConfigError, readConfig, settingNames } from './config';
export { packageRoot } from './package-root';
export type { CallerKind, SecurityConfig, TrustMode } from './security';

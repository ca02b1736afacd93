export { watchDescriptors } from './descriptors';
export type { IdentityMetrics } from './identity-metrics';
export { LogStream } from './log-stream';
export { Metrics, setTotal } from './metrics';
export type { ProvisioningMetrics } from './provisioning-metrics';
export { serveMetrics } from './serve-metrics';
export { inSpan, traceIdOf } from './spans';
export { inTrackedSpan, linkToTracked, recordTrackedRoot } from './tracked';

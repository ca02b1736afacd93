export { deprecatedIn } from './deprecated';
export { maskError } from './errors';
export { bucketOf, type Cost, type CostReport } from './ledger';
export { Pipeline } from './pipeline';
export type { PublicGraph } from './public/public-queries';
export { Refusal } from './refusal';
export type { AdmittedOperation, Answer, Caller, Executable, GraphqlRequest } from './request';
export { streamKey } from './stream-key';
export { Manifest } from './trusted-documents';

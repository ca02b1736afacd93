export { explain, OperatorError } from './explain';
export { type Progress, startProgress } from './progress';

import type { Transaction } from '../database';
import { OperationStep } from '../entities';
import { writeAdvanced } from './advance';

/** Every column of a step that changes. */
const CHANGED = [
  'state',
  'attempts',
  'startedAt',
  'finishedAt',
  'nextAttemptAt',
  'ticket',
  'errorCode',
  'errorMessage',
  'errorProviderCode',
] as const satisfies readonly (keyof OperationStep)[];

/**
 * Writes steps of one operation as they were advanced, in one statement, each only while it is as it was read. Resolves to
 * false where one is not; then the transaction must be rolled back.
 */
export const writeSteps = (tx: Transaction, steps: readonly OperationStep[]): Promise<boolean> =>
  writeAdvanced(tx, OperationStep, steps, {
    key: ['operationId', 'position'],
    columns: CHANGED,
    unchanged: ['attempts'],
  });

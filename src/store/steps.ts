import type { Transaction } from '../database';
import { OperationStep } from '../entities';
import { writeAdvanced } from './advance';

/** Columns of a step that change. */
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

/** Writes advanced steps, in one statement. False if one was changed since: the transaction must be rolled back. */
export const writeSteps = (tx: Transaction, steps: readonly OperationStep[]): Promise<boolean> =>
  writeAdvanced(tx, OperationStep, steps, {
    key: ['operationId', 'position'],
    columns: CHANGED,
    unchanged: ['attempts'],
  });

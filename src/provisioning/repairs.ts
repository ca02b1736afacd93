import type { Session } from '../database';
import { OperationKind, type ProvisioningOperation } from '../entities';
import { findChangesOf, findOperationsOf } from '../store';

type Contents = Pick<ProvisioningOperation, 'kind' | 'addons' | 'changeId' | 'suspensionReason'>;

/** Whether an operation sets the provider to what the subscription holds, and changes nothing here. It is never undone. */
export function isRepair({ kind, addons, changeId, suspensionReason }: Contents): boolean {
  if (kind === OperationKind.ADD_ADDONS) return addons.length === 0;
  if (kind === OperationKind.CHANGE) return changeId === null;
  return kind === OperationKind.SUSPEND && suspensionReason === null;
}

/**
 * Finds every add-on that an operation or a change of a subscription has named, with the last quantity. The provider may have
 * one that is not held, after an abandoned operation.
 */
export async function findNamedAddons(
  session: Session,
  subscriptionId: string,
): Promise<Map<string, number>> {
  const operations = await findOperationsOf(session, subscriptionId);
  const changes = await findChangesOf(session, subscriptionId);
  const named = [
    ...operations.flatMap(({ addons }) => addons),
    ...changes.flatMap(({ before, after }) => [...before.addons, ...after.addons]),
  ];
  return new Map(named.map(({ addonId, quantity }) => [addonId, quantity]));
}

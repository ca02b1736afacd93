import type { AuditFilter } from '../../generated/graphql';

/** Conditions of the audit trail, by the prefix of the id that they take. */
const CONDITIONS = { acc: 'accountId', ord: 'orderId', sub: 'subscriptionId', usr: 'userId' } as const;

/** Filter of the audit trail for an object. Null if the trail cannot be filtered by its type. */
export function filterOf(objectId: string): AuditFilter | null {
  const condition = CONDITIONS[objectId.split('_')[0] as keyof typeof CONDITIONS];
  return condition ? { [condition]: objectId } : null;
}

import { OperationState, ProvisioningOperation, ProvisioningSnapshot } from '../../entities';
import { listedRows } from '../../store';
import type { Message } from './feed';

/** What a reader of provisioning asks for. */
export interface ProvisioningFilter {
  orderId?: string | null;
  subscriptionId?: string | null;
}

/** Operations in a snapshot that is not about one order or subscription. */
const MOST = 500;

/** Spelled out, for an index to find them. */
const { PENDING, RUNNING, FAILED } = OperationState;
const UNFINISHED = `t.state IN ('${PENDING}', '${RUNNING}', '${FAILED}')`;

/** The state of everything that matches, as a message. */
export function snapshot({ orderId, subscriptionId }: ProvisioningFilter, cursor: string): Message {
  return {
    cursor,
    kind: 'snapshot',
    async make({ db, actor }) {
      const visible = await listedRows(db, actor, ProvisioningOperation);
      const conditions = [visible.sql];
      const values = [...visible.values];
      if (orderId) conditions.push('t.orderId = ?') && values.push(orderId);
      if (subscriptionId) conditions.push('t.subscriptionId = ?') && values.push(subscriptionId);
      if (!orderId && !subscriptionId) conditions.push(UNFINISHED);
      const operations = await db.many(
        ProvisioningOperation,
        `WHERE ${conditions.join(' AND ')} ORDER BY t.id DESC LIMIT ${MOST}`,
        values,
      );
      return Object.assign(new ProvisioningSnapshot(), { cursor, operations });
    },
  };
}

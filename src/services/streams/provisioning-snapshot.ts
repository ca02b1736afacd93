import { ProvisioningSnapshot } from '../../entities';
import { findCurrentOperations } from '../../store';
import type { Message } from './feed';

/** Arguments of a provisioning stream. */
export interface ProvisioningFilter {
  orderId?: string | null;
  subscriptionId?: string | null;
}

/** The state of everything that matches, as a message. */
export function snapshot({ orderId, subscriptionId }: ProvisioningFilter, cursor: string): Message {
  return {
    cursor,
    kind: 'snapshot',
    async make({ db, actor }) {
      const operations = await findCurrentOperations(db, actor, { orderId, subscriptionId });
      return Object.assign(new ProvisioningSnapshot(), { cursor, operations });
    },
  };
}

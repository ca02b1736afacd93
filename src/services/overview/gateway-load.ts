import type { Database } from '../../database';
import { type Backlog, readBacklog } from '../../provisioning';
import { countPendingDeliveries, countPendingMails, findFirstDueRenewal, type Waiting } from '../../store';

/** Work of the whole gateway that waits. The metrics and the overview of the graph show these numbers. */
export interface GatewayLoad {
  backlog: Backlog;
  /** Mails that are not sent or given up. */
  mails: Waiting;
  /** Deliveries of enabled webhooks that are not delivered or given up. */
  deliveries: Waiting;
  /** Longest time that a billing period has begun and is not charged, in seconds. 0 if there is none. */
  renewalsOverdueSeconds: number;
}

/** Reads the work that waits, in statements whose cost grows with that work, not with the tables. */
export async function readGatewayLoad(db: Database, now: Date): Promise<GatewayLoad> {
  const [backlog, mails, deliveries, firstDue] = await Promise.all([
    readBacklog(db),
    countPendingMails(db),
    countPendingDeliveries(db),
    findFirstDueRenewal(db, now),
  ]);
  const renewalsOverdueSeconds = firstDue ? (now.getTime() - firstDue.getTime()) / 1000 : 0;
  return { backlog, mails, deliveries, renewalsOverdueSeconds };
}

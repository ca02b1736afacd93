import { columns, placeholders, type Session } from '../database';
import {
  CancellationRequest,
  CancellationRequestState,
  OperationState,
  ProvisioningOperation,
  SubscriptionChange,
  SubscriptionChangeState,
} from '../entities';

const o = columns(ProvisioningOperation, 'o');
const r = columns(CancellationRequest, 'r');
const c = columns(SubscriptionChange, 'c');

/** Open cancellation request or change. */
export interface OpenRequest {
  id: string;
  /** Whether it waits for a decision, or for the end of the period. */
  withdrawable: boolean;
  /** True if its operation has failed. */
  failed: boolean;
}

/** Open work of a subscription. */
export interface OpenWork {
  /** Whether an operation is in progress. */
  busy: boolean;
  /** Whether an operation has failed, other than the one of the open request or change. */
  failed: boolean;
  request: OpenRequest | null;
  change: OpenRequest | null;
}

interface OpenRow {
  subscriptionId: string;
  kind: 'OPERATION' | 'FAILED' | 'REQUEST' | 'CHANGE';
  /** Id of the request or change; of a failed operation, of the one that it carries out. */
  id: string | null;
  withdrawable: number;
}

/** Finds the open work of these subscriptions, in one statement. */
export async function findOpenWork(
  session: Session,
  ids: readonly string[],
): Promise<(id: string) => OpenWork> {
  const within = placeholders(ids);
  const rows = await session.rows<OpenRow>(
    `SELECT ${o.openSlot} AS subscriptionId, 'OPERATION' AS kind, NULL AS id, 0 AS withdrawable
     FROM ${o.table} WHERE ${o.openSlot} IN ${within}
     UNION ALL
     SELECT ${o.subscriptionId}, 'FAILED', COALESCE(${o.requestId}, ${o.changeId}), 0
     FROM ${o.table} WHERE ${o.subscriptionId} IN ${within} AND ${o.state} = '${OperationState.FAILED}'
     UNION ALL
     SELECT ${r.openSlot}, 'REQUEST', ${r.id}, ${r.state} = '${CancellationRequestState.PENDING}' OR ${r.effectiveAt} IS NOT NULL
     FROM ${r.table} WHERE ${r.openSlot} IN ${within}
     UNION ALL
     SELECT ${c.openSlot}, 'CHANGE', ${c.id}, ${c.state} = '${SubscriptionChangeState.PENDING}' OR ${c.effectiveAt} IS NOT NULL
     FROM ${c.table} WHERE ${c.openSlot} IN ${within}`,
    [...ids, ...ids, ...ids, ...ids],
  );
  return id => toOpenWork(rows.filter(({ subscriptionId }) => subscriptionId === id));
}

function toOpenWork(rows: readonly OpenRow[]): OpenWork {
  const failures = rows.filter(({ kind }) => kind === 'FAILED');
  const open = (kind: OpenRow['kind']): OpenRequest | null => {
    const row = rows.find(each => each.kind === kind);
    if (!row?.id) return null;
    const failed = failures.some(({ id }) => id === row.id);
    return { id: row.id, withdrawable: row.withdrawable === 1, failed };
  };
  const request = open('REQUEST');
  const change = open('CHANGE');
  return {
    busy: rows.some(({ kind }) => kind === 'OPERATION'),
    failed: failures.some(({ id }) => id === null || (id !== request?.id && id !== change?.id)),
    request,
    change,
  };
}

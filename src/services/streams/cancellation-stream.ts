import { CancellationRequest, CancellationSnapshot, CancellationUpdate } from '../../entities';
import { findOpenRequests, findVisible } from '../../store';
import type { LogStream } from './log-stream';

/** Stream of `cancellationUpdates`: the queue of an account manager, and the own requests of all other viewers. */
export const cancellationStream: LogStream = {
  name: 'cancellation',
  filters: [],
  includes: type => type.startsWith('cancellation.'),
  async snapshot({ db, actor }) {
    const { rows, truncated } = await findOpenRequests(db, actor);
    return Object.assign(new CancellationSnapshot(), { requests: rows, truncated });
  },
  async update({ db, actor }, { requestId, occurredAt }) {
    const request = await findVisible(db, actor, CancellationRequest, requestId ?? '');
    return request ? Object.assign(new CancellationUpdate(), { occurredAt, request }) : null;
  },
};

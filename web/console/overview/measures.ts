import { type Audience, administrators } from '../session/audience';
import type { Viewer } from '../session/viewer';
import type { Overview } from './use-overview';

/** Number of the overview, with the page of the records that it counts. */
export interface Measure {
  /** Key of its texts: `overview:measures`. */
  name:
    | 'failed'
    | 'ordersToExecute'
    | 'cancellationRequests'
    | 'subscriptionChanges'
    | 'webhooks'
    | 'inProgress'
    | 'overdue'
    | 'deliveries'
    | 'mails'
    | 'renewals';
  /** Number of records. Null for a measure that is an age only. */
  count: number | null;
  /** Age of the oldest, in seconds. */
  oldestSeconds: number;
  /** Age from which it is late, in seconds. */
  lateSeconds: number;
  href?: string | undefined;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const forAudience = (audience: Audience, viewer: Viewer, href: string): string | undefined =>
  audience(viewer) ? href : undefined;

/** Records that wait for a person. */
export function decisionsOf(overview: Overview, viewer: Viewer): Measure[] {
  const { operations, ordersToExecute, cancellationRequests, subscriptionChanges, webhooks } = overview;
  const failed = operations.find(({ state }) => state === 'FAILED');
  const troubled = webhooks.failing + webhooks.disabled;
  return [
    {
      name: 'failed',
      count: failed?.count ?? 0,
      oldestSeconds: failed?.oldestSeconds ?? 0,
      lateSeconds: 0,
      href: '/office/failures',
    },
    { name: 'ordersToExecute', ...ordersToExecute, lateSeconds: DAY, href: '/office/orders' },
    {
      name: 'cancellationRequests',
      ...cancellationRequests,
      lateSeconds: DAY,
      href: '/office/cancellations',
    },
    { name: 'subscriptionChanges', ...subscriptionChanges, lateSeconds: DAY, href: '/office/changes' },
    ...(administrators(viewer) && troubled > 0
      ? [{ name: 'webhooks' as const, count: troubled, oldestSeconds: 0, lateSeconds: 0, href: '/webhooks' }]
      : []),
  ];
}

/** Work of the gateway that waits. It needs a person when it is late. */
export function loadOf(overview: Overview, viewer: Viewer): Measure[] {
  const { operations, operationsOverdueSeconds, webhooks, mails, renewalsOverdueSeconds } = overview;
  const open = operations.filter(({ state }) => state !== 'FAILED');
  return [
    {
      name: 'inProgress',
      count: open.reduce((sum, { count }) => sum + count, 0),
      oldestSeconds: Math.max(0, ...open.map(({ oldestSeconds }) => oldestSeconds)),
      lateSeconds: HOUR,
      href: '/live',
    },
    {
      name: 'overdue',
      count: null,
      oldestSeconds: operationsOverdueSeconds,
      lateSeconds: MINUTE,
      href: '/live',
    },
    {
      name: 'deliveries',
      ...webhooks.deliveries,
      lateSeconds: 5 * MINUTE,
      href: forAudience(administrators, viewer, '/webhooks'),
    },
    ...(mails
      ? [
          {
            name: 'mails' as const,
            ...mails,
            lateSeconds: 5 * MINUTE,
            href: forAudience(administrators, viewer, '/mails'),
          },
        ]
      : []),
    {
      name: 'renewals',
      count: null,
      oldestSeconds: renewalsOverdueSeconds,
      lateSeconds: HOUR,
      href: '/charges',
    },
  ];
}

/** Whether something has waited for too long. */
export const isLate = ({ count, oldestSeconds, lateSeconds }: Measure): boolean =>
  (count === null || count > 0) && oldestSeconds >= lateSeconds && (oldestSeconds > 0 || count !== null);

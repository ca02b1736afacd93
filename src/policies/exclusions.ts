import { CloudSubscriptionState, type OperationKind } from '../entities';

const { PENDING, ACTIVE, SUSPENDED, PENDING_CANCELLATION, CANCELLED } = CloudSubscriptionState;

/** Open work of a subscription that can exclude an action. */
export const blockers = {
  CANCELLATION: 'a cancellation that is undecided, scheduled or in progress',
  FAILED_CANCELLATION: 'a cancellation whose operation has failed',
  CHANGE: 'a change that is undecided, scheduled or in progress',
  FAILED_CHANGE: 'a change whose operation has failed',
  OPERATION: 'an operation in progress',
  FAILED_OPERATION: 'another operation that has failed',
} as const;

/** Name of open work. */
export type Blocker = keyof typeof blockers;

/** States of a subscription in which an action is possible, and open work beside which it is not. */
interface Exclusion {
  states: readonly CloudSubscriptionState[];
  notBeside: readonly Blocker[];
}

const everything: readonly Blocker[] = [
  'CANCELLATION',
  'FAILED_CANCELLATION',
  'CHANGE',
  'FAILED_CHANGE',
  'OPERATION',
  'FAILED_OPERATION',
];
/** At most one request of a subscription is open. */
const anyCancellation = ['CANCELLATION', 'FAILED_CANCELLATION'] as const;
/** A failed operation has to be settled first, whatever it was to do. */
const inProgressOrFailed = ['FAILED_CANCELLATION', 'FAILED_CHANGE', 'OPERATION', 'FAILED_OPERATION'] as const;
const live = [PENDING, ACTIVE, SUSPENDED, PENDING_CANCELLATION];

/**
 * What may happen in which state of a subscription, beside which open work. Mutations, `availableActions` and
 * `docs/states.md` follow this table. Blockers are named in the order of the list.
 */
export const exclusions = {
  BUY_ADDONS: { states: [ACTIVE], notBeside: everything },
  CHANGE: { states: [ACTIVE], notBeside: everything },
  /** An accepted change begins. */
  CARRY_OUT_CHANGE: { states: [ACTIVE], notBeside: [...anyCancellation, 'OPERATION', 'FAILED_OPERATION'] },
  /** A failed operation does not hold a customer: the cancellation ends what it may have done. */
  CANCEL: { states: live, notBeside: [...anyCancellation, 'CHANGE', 'OPERATION'] },
  SUSPEND: { states: [ACTIVE], notBeside: inProgressOrFailed },
  RESUME: { states: [SUSPENDED], notBeside: inProgressOrFailed },
  /** The request that the operation carries out does not count. */
  RETRY: { states: live, notBeside: [...anyCancellation, 'OPERATION'] },
  ABANDON: { states: [...live, CANCELLED], notBeside: ['OPERATION'] },
  RENAME: { states: live, notBeside: [] },
} as const satisfies Record<string, Exclusion>;

/** States of a subscription in which a failed operation of each kind still makes sense. A retry needs both tables. */
export const retryableStates: Readonly<Record<OperationKind, readonly CloudSubscriptionState[]>> = {
  PROVISION: [PENDING],
  ADD_ADDONS: [ACTIVE],
  DEPROVISION: live,
  CHANGE: [ACTIVE],
  SUSPEND: [ACTIVE],
  RESUME: [SUSPENDED],
  UNDO: live,
};

/** Action that the table decides. */
export type ExclusiveAction = keyof typeof exclusions;

/** First reason that excludes `action`: open work, or the state. Undefined if it is possible. */
export function findExclusion(
  action: ExclusiveAction,
  state: CloudSubscriptionState,
  open: ReadonlySet<Blocker>,
): Blocker | 'STATE' | undefined {
  const { states, notBeside }: Exclusion = exclusions[action];
  if (state === CANCELLED && !states.includes(state)) return 'STATE';
  return notBeside.find(blocker => open.has(blocker)) ?? (states.includes(state) ? undefined : 'STATE');
}

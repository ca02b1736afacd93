import { CancellationPolicy, ChangeKind, type Service } from '../entities';

const { AUTOMATIC, REQUIRES_DECISION } = CancellationPolicy;

/** Policy of each kind of change, unless the service says otherwise: what brings more is not held up. */
const defaults: Readonly<Record<ChangeKind, CancellationPolicy>> = {
  ADD_ADDONS: AUTOMATIC,
  REDUCE_ADDONS: REQUIRES_DECISION,
  UPGRADE: AUTOMATIC,
  DOWNGRADE: REQUIRES_DECISION,
};

type Policies = Pick<Service, 'changePolicies'>;

/** Policy of a service for each kind of change. */
export const changePoliciesOf = ({ changePolicies }: Policies): Record<ChangeKind, CancellationPolicy> => ({
  ...defaults,
  ...changePolicies,
});

/** Policy for a change of several kinds: one kind that requires a decision is enough. */
export function strictestPolicy(service: Policies, kinds: readonly ChangeKind[]): CancellationPolicy {
  const policies = changePoliciesOf(service);
  return kinds.some(kind => policies[kind] === REQUIRES_DECISION) ? REQUIRES_DECISION : AUTOMATIC;
}

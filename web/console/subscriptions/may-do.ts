import type { CloudSubscriptionAction } from '../../generated/graphql';

interface Subject {
  readonly availableActions: readonly { readonly action: CloudSubscriptionAction; readonly allowed: boolean }[];
}

/** Whether the viewer can do an action on a subscription now. */
export const mayDo = ({ availableActions }: Subject, wanted: CloudSubscriptionAction): boolean =>
  availableActions.some(({ action, allowed }) => action === wanted && allowed);

import type { CloudSubscriptionAction } from '../../generated/graphql';

/** Subscription with what the viewer can do, and what keeps it from the rest. */
export interface Subject {
  readonly availableActions: readonly {
    readonly action: CloudSubscriptionAction;
    readonly allowed: boolean;
    readonly blockedBy?: { readonly message: string } | null;
  }[];
}

/** Whether the viewer can do an action on a subscription now. */
export const mayDo = ({ availableActions }: Subject, wanted: CloudSubscriptionAction): boolean =>
  availableActions.some(({ action, allowed }) => action === wanted && allowed);

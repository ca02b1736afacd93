import type { AccountFieldsFragment } from '../../generated/graphql';

/** Properties of a dialog about an account. */
export interface AccountDialogProps {
  account: AccountFieldsFragment;
  onClose(): void;
}

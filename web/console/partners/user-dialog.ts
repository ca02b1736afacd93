import type { UserFieldsFragment } from '../../generated/graphql';

/** Properties of a dialog about a user. */
export interface UserDialogProps {
  user: UserFieldsFragment;
  onClose(): void;
}

import { Text } from '@mantine/core';
import { Trans, useTranslation } from 'react-i18next';
import { ActivateUserDocument, DeactivateUserDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { FormDialog } from './form-dialog';
import type { UserDialogProps } from './user-dialog';

/** Dialog that deactivates a user, or activates it again. Says first what follows. */
export function UserActivationDialog({ user, onClose }: UserDialogProps) {
  const { t } = useTranslation('partners');
  const deactivate = useAction(DeactivateUserDocument);
  const activate = useAction(ActivateUserDocument);
  const { id: userId, version: expectedVersion, name } = user;
  const verb = user.active ? 'deactivate' : 'activate';
  const action = user.active ? deactivate : activate;
  return (
    <FormDialog
      title={t(`userActions.${verb}`)}
      about={name}
      submit={t(`userActions.${verb}`)}
      dangerous={user.active ?? false}
      action={action}
      onSubmit={() => action.run({ input: { userId, expectedVersion } })}
      onClose={onClose}
    >
      <Text size="sm">
        <Trans t={t} i18nKey={`user.${verb}`} values={{ name }} components={{ bdi: <bdi /> }} />
      </Text>
    </FormDialog>
  );
}

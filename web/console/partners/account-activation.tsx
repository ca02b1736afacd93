import { Text } from '@mantine/core';
import { Trans, useTranslation } from 'react-i18next';
import { ActivateAccountDocument, DeactivateAccountDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import type { AccountDialogProps } from './account-dialog';
import { FormDialog } from './form-dialog';

/** Dialog that deactivates an account, or activates it again. Says first what follows. */
export function ActivationDialog({ account, onClose }: AccountDialogProps) {
  const { t } = useTranslation('partners');
  const deactivate = useAction(DeactivateAccountDocument, 'User');
  const activate = useAction(ActivateAccountDocument, 'User');
  const { id: accountId, version: expectedVersion, active, name } = account;
  const action = active ? deactivate : activate;
  const verb = active ? 'deactivate' : 'activate';
  return (
    <FormDialog
      title={t(`accountActions.${verb}`)}
      about={name}
      submit={t(`accountActions.${verb}`)}
      dangerous={active}
      action={action}
      onSubmit={() => action.run({ input: { accountId, expectedVersion } })}
      onClose={onClose}
    >
      <Text size="sm">
        <Trans t={t} i18nKey={`account.${verb}`} values={{ name }} components={{ bdi: <bdi /> }} />
      </Text>
    </FormDialog>
  );
}

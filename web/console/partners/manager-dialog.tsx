import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AssignAccountManagerDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import type { Choice } from '../parts/search-select';
import { fieldError } from '../parts/trouble';
import type { AccountDialogProps } from './account-dialog';
import { StaffChoice } from './choices';
import { FormDialog } from './form-dialog';

/** Dialog that assigns an account to an account manager, or to none. */
export function ManagerDialog({ account, onClose }: AccountDialogProps) {
  const { t } = useTranslation('partners');
  const assign = useAction(AssignAccountManagerDocument);
  const { id: accountId, version: expectedVersion, accountManager } = account;
  const [manager, setManager] = useState<Choice | null>(
    accountManager && { value: accountManager.id, label: accountManager.name },
  );
  const input = { accountId, expectedVersion, accountManagerId: manager?.value ?? null };
  return (
    <FormDialog
      title={t('accountActions.manager')}
      about={account.name}
      submit={t('save')}
      action={assign}
      fields={['accountManagerId']}
      onSubmit={() => assign.run({ input })}
      onClose={onClose}
    >
      <StaffChoice
        label={t('account.manager')}
        roles={['ACCOUNT_MANAGER']}
        chosen={manager}
        onChoose={setManager}
        error={fieldError(assign.trouble, 'accountManagerId')}
      />
      {manager && (
        <Button
          variant="subtle"
          size="xs"
          style={{ alignSelf: 'flex-start' }}
          onClick={() => setManager(null)}
        >
          {t('account.noManager')}
        </Button>
      )}
    </FormDialog>
  );
}

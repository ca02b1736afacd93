import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Role, SetUserRolesDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { fieldError } from '../parts/trouble';
import { FormDialog } from './form-dialog';
import { roleIn, STAFF_ROLES } from './rights';
import { RoleBoxes } from './role-boxes';
import type { UserDialogProps } from './user-dialog';

/** Dialog that replaces the roles of a user. */
export function UserRolesDialog({ user, onClose }: UserDialogProps) {
  const { t } = useTranslation('partners');
  const set = useAction(SetUserRolesDocument);
  const [roles, setRoles] = useState<readonly Role[]>(user.roles ?? []);
  const { id: userId, version: expectedVersion, account } = user;
  return (
    <FormDialog
      title={t('userActions.roles')}
      about={user.name}
      submit={t('save')}
      action={set}
      fields={['roles']}
      onSubmit={() => set.run({ input: { userId, expectedVersion, roles } })}
      onClose={onClose}
    >
      <RoleBoxes
        options={account ? [roleIn(account.kind)] : STAFF_ROLES}
        value={roles}
        onChange={setRoles}
        error={fieldError(set.trouble, 'roles')}
      />
      <Text size="sm">{t('user.rolesHint')}</Text>
    </FormDialog>
  );
}

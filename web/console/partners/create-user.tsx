import { SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CreateUserDocument, type Role } from '../../generated/graphql';
import { useAction } from '../data/action';
import { useIdempotencyKey } from '../data/new-key';
import { fieldError } from '../parts/trouble';
import { type AccountChoice, AnyAccountChoice } from './choices';
import { FormDialog } from './form-dialog';
import { roleIn, STAFF_ROLES } from './rights';
import { RoleBoxes } from './role-boxes';
import { SecretDialog } from './secret-dialog';

interface CreateUserDialogProps {
  /** Account of the user. Null to choose one, or BSS staff. */
  account: AccountChoice | null;
  onClose(): void;
}

/** Dialog that creates a user with a temporary password, which it then shows once. */
export function CreateUserDialog({ account: given, onClose }: CreateUserDialogProps) {
  const { t } = useTranslation('partners');
  const create = useAction(CreateUserDocument, 'User Account');
  const keyFor = useIdempotencyKey();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [isStaff, setIsStaff] = useState(given === null);
  const [account, setAccount] = useState(given);
  const [staffRoles, setStaffRoles] = useState<readonly Role[]>(['ACCOUNT_MANAGER']);
  const [secret, setSecret] = useState<string | null>(null);

  const submit = async () => {
    const owner = isStaff ? null : account;
    const roles = owner ? [roleIn(owner.kind)] : staffRoles;
    const input = { accountId: owner?.value ?? null, name, email, roles };
    const payload = await create.run({ input: { ...input, idempotencyKey: keyFor(input) } });
    if (!payload?.oneTimePassword) return payload;
    setSecret(payload.oneTimePassword);
    // The dialog of the password follows.
    return null;
  };

  if (secret) {
    return (
      <SecretDialog
        title={t('secret.title')}
        secret={secret}
        hint={t('secret.hint', { email })}
        onClose={onClose}
      />
    );
  }
  return (
    <FormDialog
      title={t('users.create')}
      submit={t('users.create')}
      action={create}
      fields={isStaff ? ['name', 'email', 'roles'] : ['name', 'email', ...(given ? [] : ['accountId'])]}
      onSubmit={submit}
      onClose={onClose}
    >
      {!given && (
        <SegmentedControl
          aria-label={t('user.account')}
          value={isStaff ? 'staff' : 'account'}
          onChange={value => setIsStaff(value === 'staff')}
          data={[
            { value: 'staff', label: t('user.staff') },
            { value: 'account', label: t('user.ofAccount') },
          ]}
        />
      )}
      {!given && !isStaff && (
        <AnyAccountChoice
          label={t('user.account')}
          required
          chosen={account}
          onChoose={setAccount}
          error={fieldError(create.trouble, 'accountId')}
        />
      )}
      <TextInput
        label={t('user.name')}
        required
        maxLength={100}
        data-autofocus
        value={name}
        error={fieldError(create.trouble, 'name')}
        onChange={event => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t('user.email')}
        type="email"
        required
        value={email}
        error={fieldError(create.trouble, 'email')}
        onChange={event => setEmail(event.currentTarget.value)}
      />
      {isStaff && (
        <RoleBoxes
          options={STAFF_ROLES}
          value={staffRoles}
          onChange={setStaffRoles}
          error={fieldError(create.trouble, 'roles')}
        />
      )}
    </FormDialog>
  );
}

import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type InvitationFieldsFragment, InviteUserDocument, type Role } from '../../generated/graphql';
import { useAction } from '../data/action';
import { useIdempotencyKey } from '../data/new-key';
import { fieldError } from '../parts/trouble';
import { FormDialog } from './form-dialog';
import { STAFF_ROLES } from './rights';
import { RoleBoxes } from './role-boxes';

interface InviteDialogProps {
  /** Account of the invited person, with the role that fits its kind. Null for BSS staff. */
  account: { id: string; role: Role } | null;
  onInvited(invitation: InvitationFieldsFragment): void;
  onClose(): void;
}

/** Dialog that invites a person by mail to become a user. */
export function InviteDialog({ account, onInvited, onClose }: InviteDialogProps) {
  const { t } = useTranslation('partners');
  const invite = useAction(InviteUserDocument, 'Invitation Account');
  const keyFor = useIdempotencyKey();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [roles, setRoles] = useState<readonly Role[]>(account ? [account.role] : ['ACCOUNT_MANAGER']);
  const submit = async () => {
    const input = { accountId: account?.id ?? null, name, email, roles };
    const payload = await invite.run({ input: { ...input, idempotencyKey: keyFor(input) } });
    if (payload?.invitation) onInvited(payload.invitation);
    return payload;
  };
  return (
    <FormDialog
      title={t('invitations.invite')}
      submit={t('invitations.send')}
      action={invite}
      fields={account ? ['name', 'email'] : ['name', 'email', 'roles']}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('user.name')}
        required
        maxLength={100}
        data-autofocus
        value={name}
        error={fieldError(invite.trouble, 'name')}
        onChange={event => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t('user.email')}
        description={t('invitations.hint')}
        type="email"
        required
        value={email}
        error={fieldError(invite.trouble, 'email')}
        onChange={event => setEmail(event.currentTarget.value)}
      />
      {!account && (
        <RoleBoxes
          options={STAFF_ROLES}
          value={roles}
          onChange={setRoles}
          error={fieldError(invite.trouble, 'roles')}
        />
      )}
    </FormDialog>
  );
}

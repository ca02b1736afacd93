import { Button, Group, Text } from '@mantine/core';
import { type ComponentType, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserFieldsFragment } from '../../generated/graphql';
import { useViewer } from '../session/viewer';
import { DeputyDialog } from './deputy-dialog';
import { EditUserDialog } from './edit-user';
import { EraseUserDialog } from './erase-user';
import { ResetPasswordDialog } from './reset-user-password';
import { UserActivationDialog } from './user-activation';
import type { UserDialogProps } from './user-dialog';
import { UserRolesDialog } from './user-roles';

const DIALOGS = {
  edit: EditUserDialog,
  roles: UserRolesDialog,
  deputy: DeputyDialog,
  password: ResetPasswordDialog,
  deactivate: UserActivationDialog,
  activate: UserActivationDialog,
  erase: EraseUserDialog,
} as const satisfies Record<string, ComponentType<UserDialogProps>>;

const DANGEROUS: readonly string[] = ['deactivate', 'erase'];

/** Buttons for what an administrator can do with a user. Nobody changes the own user, except its deputy. */
export function UserActions({ user }: { user: UserFieldsFragment }) {
  const { t } = useTranslation('partners');
  const isOwn = useViewer().id === user.id;
  const [opened, setOpened] = useState<keyof typeof DIALOGS | null>(null);
  const Dialog = opened && DIALOGS[opened];
  const deputy = user.roles?.includes('ACCOUNT_MANAGER') ? (['deputy'] as const) : [];
  const others = [
    'edit',
    'roles',
    ...deputy,
    'password',
    user.active ? 'deactivate' : 'activate',
    'erase',
  ] as const;
  return (
    <div>
      {isOwn && (
        <Text size="sm" c="dimmed">
          {t('user.own')}
        </Text>
      )}
      <Group gap="xs">
        {(isOwn ? deputy : others).map(action => (
          <Button
            key={action}
            size="xs"
            variant="default"
            onClick={() => setOpened(action)}
            {...(DANGEROUS.includes(action) ? { c: 'var(--mantine-color-error)' } : {})}
          >
            {t(`userActions.${action}`)}
          </Button>
        ))}
      </Group>
      {Dialog && <Dialog user={user} onClose={() => setOpened(null)} />}
    </div>
  );
}

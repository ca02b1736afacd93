import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Role, UsersDocument, type UsersQuery } from '../../generated/graphql';
import { type Column, DataList, type Filter, valuesOf } from '../parts/list';
import { useListState } from '../parts/list-state';
import { Page } from '../parts/page';
import { Empty } from '../parts/states';
import { AccountNote } from './account-note';
import { ActiveBadge } from './active-badge';
import { booleanOf } from './boolean-of';
import { CreateUserDialog } from './create-user';
import { InviteDialog } from './invite-dialog';
import { StaffInvitations } from './staff-invitations';

type UserRow = UsersQuery['users']['nodes'][number];

const ROLES = ['ADMINISTRATOR', 'ACCOUNT_MANAGER', 'RESELLER', 'CUSTOMER'] as const satisfies readonly Role[];

/** Page of all users, for administrators. */
export function Users() {
  const { t } = useTranslation('partners');
  const list = useListState();
  const [opened, setOpened] = useState<'create' | 'invite' | null>(null);
  const [invitedIds, setInvitedIds] = useState<readonly string[]>([]);
  const filter = {
    search: list.read('search') || null,
    roles: valuesOf<Role>(list.read('roles')),
    active: booleanOf(list.read('active')),
    accountId: list.read('account') || null,
  };
  return (
    <Page
      title={t('users.title')}
      lead={t('users.lead')}
      aside={
        <Group gap="xs">
          <Button variant="default" onClick={() => setOpened('invite')}>
            {t('users.inviteStaff')}
          </Button>
          <Button onClick={() => setOpened('create')}>{t('users.create')}</Button>
        </Group>
      }
    >
      <StaffInvitations ids={invitedIds} />
      <AccountNote parameter="account" />
      <DataList
        name="users"
        label={t('users.title')}
        query={UsersDocument}
        variables={{ filter }}
        connection={data => data.users}
        typenames="User"
        columns={useColumns()}
        filters={useFilters()}
        href={({ id }) => `/users/${id}`}
        empty={<Empty title={t('users.none')} />}
      />
      {opened === 'create' && <CreateUserDialog account={null} onClose={() => setOpened(null)} />}
      {opened === 'invite' && (
        <InviteDialog
          account={null}
          onInvited={({ id }) => setInvitedIds([id, ...invitedIds])}
          onClose={() => setOpened(null)}
        />
      )}
    </Page>
  );
}

function useFilters(): readonly Filter[] {
  const { t } = useTranslation('partners');
  return [
    { kind: 'search', name: 'search', label: t('users.search') },
    {
      kind: 'multiselect',
      name: 'roles',
      label: t('user.roles'),
      options: ROLES.map(value => ({ value, label: t(`roles.${value}`) })),
    },
    {
      kind: 'select',
      name: 'active',
      label: t('state'),
      options: [
        { value: 'true', label: t('active') },
        { value: 'false', label: t('deactivated') },
      ],
    },
  ];
}

function useColumns(): readonly Column<UserRow>[] {
  const { t } = useTranslation('partners');
  const names = ({ roles }: UserRow) => (roles ?? []).map(role => t(`roles.${role}`)).join(', ');
  return [
    {
      id: 'name',
      header: t('user.name'),
      narrow: true,
      cell: ({ name }) => <bdi>{name}</bdi>,
      text: ({ name }) => name,
    },
    { id: 'roles', header: t('user.roles'), cell: names, text: names },
    {
      id: 'account',
      header: t('user.account'),
      cell: ({ account }) => (account ? <bdi>{account.name}</bdi> : t('user.staff')),
      text: ({ account }) => account?.name ?? t('user.staff'),
    },
    {
      id: 'state',
      header: t('state'),
      narrow: true,
      cell: ({ active }) => <ActiveBadge active={active ?? false} />,
      text: ({ active }) => (active ? t('active') : t('deactivated')),
    },
    {
      id: 'email',
      header: t('user.email'),
      cell: ({ email }) => email,
      text: ({ email }) => email ?? '',
    },
  ];
}

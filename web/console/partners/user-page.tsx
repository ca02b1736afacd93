import { Anchor, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { UserDetailsDocument, type UserDetailsQuery, type UserFieldsFragment } from '../../generated/graphql';
import { useLiveQuery } from '../data/live-query';
import { History } from '../history/history';
import { Page } from '../parts/page';
import { Empty, Failed, Waiting } from '../parts/states';
import { ActiveBadge } from './active-badge';
import { DeputyPeriod } from './deputy-period';
import { Fact, Facts } from './facts';
import { UserActions } from './user-actions';

/** An id of another type has a node without fields. */
const isUser = (node: UserDetailsQuery['node']): node is UserFieldsFragment =>
  node !== null && 'email' in node;

/** Page of a user, for administrators. */
export function UserPage({ id }: { id: string }) {
  const { t } = useTranslation('partners');
  const { data, error } = useLiveQuery(UserDetailsDocument, { id }, 'User');
  if (!data) return <Page title={t('user.title')}>{error ? <Failed error={error} /> : <Waiting />}</Page>;
  const { node } = data;
  if (!isUser(node)) {
    return (
      <Page title={t('user.title')}>
        <Empty title={t('user.notFound')} />
      </Page>
    );
  }
  return (
    <Page
      title={node.name}
      lead={
        <Group gap="xs">
          {node.email}
          <ActiveBadge active={node.active ?? false} />
        </Group>
      }
      aside={<UserActions user={node} />}
    >
      <Stack gap="xl">
        <UserFacts user={node} />
        <History objectId={node.id} />
      </Stack>
    </Page>
  );
}

function UserFacts({ user }: { user: UserFieldsFragment }) {
  const { t } = useTranslation('partners');
  const { account, roles, notifications } = user;
  const mails = (notifications ?? []).map(notification => t(`notifications.${notification}`));
  return (
    <Facts>
      <Fact name={t('user.account')}>
        {account ? (
          <Anchor component={Link} href={`/customers/${account.id}`}>
            <bdi>{account.name}</bdi>
          </Anchor>
        ) : (
          t('user.staff')
        )}
      </Fact>
      <Fact name={t('user.roles')}>
        {(roles ?? []).map(role => t(`roles.${role}`)).join(', ') || t('user.noRole')}
      </Fact>
      <Fact name={t('deputy.title')}>{user.deputy && <DeputyPeriod user={user} />}</Fact>
      <Fact name={t('notifications.title')}>{mails.join(', ') || t('notifications.none')}</Fact>
      <Fact name={t('user.id')}>{user.id}</Fact>
    </Facts>
  );
}

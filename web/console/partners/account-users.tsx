import { Anchor, Button, Card, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import {
  type AccountFieldsFragment,
  AccountUsersDocument,
  type UserSummaryFragment,
} from '../../generated/graphql';
import { useLiveQuery } from '../data/live-query';
import { Failed, Waiting } from '../parts/states';
import { administrators } from '../session/audience';
import { useViewer } from '../session/viewer';
import { ActiveBadge } from './active-badge';
import { CreateUserDialog } from './create-user';
import { Section } from './section';

const PAGE = 20;
/** Maximum number of items of a list in the graph. */
const MAX = 100;

/** Users of an account that the viewer can see. */
export function AccountUsers({ account }: { account: AccountFieldsFragment }) {
  const { t } = useTranslation('partners');
  const isAdministrator = administrators(useViewer());
  const [first, setFirst] = useState(PAGE);
  const [creates, setCreates] = useState(false);
  const { data, error } = useLiveQuery(AccountUsersDocument, { id: account.id, first }, 'User');
  const users = data?.account?.users;
  return (
    <Section
      title={t('users.title')}
      aside={
        isAdministrator && (
          <Button size="xs" variant="default" onClick={() => setCreates(true)}>
            {t('users.create')}
          </Button>
        )
      }
    >
      {!users && (error ? <Failed error={error} /> : <Waiting rows={1} />)}
      {users?.nodes.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('users.none')}
        </Text>
      )}
      <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {users?.nodes.map(user => (
          <UserItem key={user.id} user={user} linked={isAdministrator} />
        ))}
      </Stack>
      {users?.pageInfo.hasNextPage && first < MAX && (
        <Button
          variant="default"
          size="xs"
          style={{ alignSelf: 'flex-start' }}
          onClick={() => setFirst(first + PAGE)}
        >
          {t('more')}
        </Button>
      )}
      {isAdministrator && users?.pageInfo.hasNextPage && (
        <Anchor component={Link} href={`/users?account=${account.id}`} size="sm">
          {t('users.all')}
        </Anchor>
      )}
      {creates && (
        <CreateUserDialog
          account={{ value: account.id, label: account.name, kind: account.kind }}
          onClose={() => setCreates(false)}
        />
      )}
    </Section>
  );
}

function UserItem({ user, linked }: { user: UserSummaryFragment; linked: boolean }) {
  const { t } = useTranslation('partners');
  const { id, name, email, roles, active } = user;
  return (
    <Card component="li" withBorder padding="sm">
      <Group gap="xs">
        {linked ? (
          <Anchor component={Link} href={`/users/${id}`} fw={600}>
            <bdi>{name}</bdi>
          </Anchor>
        ) : (
          <Text fw={600}>
            <bdi>{name}</bdi>
          </Text>
        )}
        {active !== null && <ActiveBadge active={active} />}
      </Group>
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {[email, ...(roles ?? []).map(role => t(`roles.${role}`))].filter(Boolean).join(' · ')}
      </Text>
    </Card>
  );
}

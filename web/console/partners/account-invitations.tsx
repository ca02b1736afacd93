import { Alert, Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AccountFieldsFragment, AccountInvitationsDocument } from '../../generated/graphql';
import { useLiveQuery } from '../data/live-query';
import { Failed, Waiting } from '../parts/states';
import { useViewer } from '../session/viewer';
import { InvitationItem } from './invitation-item';
import { InviteDialog } from './invite-dialog';
import { canInvite, roleIn } from './rights';
import { Section } from './section';

const PAGE = 20;
/** Maximum number of items of a list in the graph. */
const MAX = 100;

/** Invitations to an account. Hidden from viewers who cannot invite. */
export function AccountInvitations({ account }: { account: AccountFieldsFragment }) {
  const viewer = useViewer();
  return canInvite(viewer, account) ? <Invitations account={account} /> : null;
}

function Invitations({ account }: { account: AccountFieldsFragment }) {
  const { t } = useTranslation('partners');
  const [first, setFirst] = useState(PAGE);
  const [invites, setInvites] = useState(false);
  const [invited, setInvited] = useState<string | null>(null);
  const { data, error } = useLiveQuery(AccountInvitationsDocument, { id: account.id, first }, 'Invitation');
  const invitations = data?.account?.invitations;
  return (
    <Section
      title={t('invitations.title')}
      aside={
        <Button size="xs" onClick={() => setInvites(true)}>
          {t('invitations.invite')}
        </Button>
      }
    >
      {invited && (
        <Alert color="teal" role="status">
          {t('invitations.sent', { email: invited })}
        </Alert>
      )}
      {!invitations && (error ? <Failed error={error} /> : <Waiting rows={1} />)}
      {invitations?.nodes.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('invitations.none')}
        </Text>
      )}
      <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {invitations?.nodes.map(invitation => (
          <InvitationItem key={invitation.id} invitation={invitation} />
        ))}
      </Stack>
      {invitations?.pageInfo.hasNextPage && first < MAX && (
        <Button
          variant="default"
          size="xs"
          style={{ alignSelf: 'flex-start' }}
          onClick={() => setFirst(first + PAGE)}
        >
          {t('more')}
        </Button>
      )}
      {invites && (
        <InviteDialog
          account={{ id: account.id, role: roleIn(account.kind) }}
          onInvited={({ email }) => setInvited(email)}
          onClose={() => setInvites(false)}
        />
      )}
    </Section>
  );
}

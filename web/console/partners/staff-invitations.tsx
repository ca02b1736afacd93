import { Alert, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type InvitationFieldsFragment, InvitationsByIdDocument } from '../../generated/graphql';
import { useLiveQuery } from '../data/live-query';
import { InvitationItem } from './invitation-item';

/** Invitations of BSS staff that were sent from this page. The graph lists the invitations of accounts only. */
export function StaffInvitations({ ids }: { ids: readonly string[] }) {
  return ids.length > 0 ? <Invitations ids={ids} /> : null;
}

function Invitations({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation('partners');
  const { data } = useLiveQuery(InvitationsByIdDocument, { ids }, 'Invitation');
  const invitations = data?.nodes.filter(
    (node): node is InvitationFieldsFragment => node !== null && 'invitedBy' in node,
  );
  return (
    <>
      <Alert color="teal" role="status">
        {t('invitations.sentStaff')}
      </Alert>
      <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {invitations?.map(invitation => (
          <InvitationItem key={invitation.id} invitation={invitation} />
        ))}
      </Stack>
    </>
  );
}

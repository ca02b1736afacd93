import { Button, Card, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import {
  type InvitationFieldsFragment,
  ResendInvitationDocument,
  RevokeInvitationDocument,
} from '../../generated/graphql';
import { useAction } from '../data/action';
import { HistoryButton } from '../history/history-button';
import { ActionButton } from '../parts/action-button';
import { atMinute } from '../parts/format';
import { StateBadge } from '../parts/states';
import { TroubleAlert } from '../parts/trouble';
import { FormDialog } from './form-dialog';

/** An invitation, with what can be done with it until it is accepted or revoked. */
export function InvitationItem({ invitation }: { invitation: InvitationFieldsFragment }) {
  const { t } = useTranslation('partners');
  const resend = useAction(ResendInvitationDocument);
  const [revokes, setRevokes] = useState(false);
  const { id, name, email, state, sentAt, expiresAt, mail } = invitation;
  const isOpen = state === 'PENDING' || state === 'EXPIRED';
  return (
    <Card component="li" withBorder padding="sm">
      <Group justify="space-between" gap="sm">
        <div style={{ minWidth: 0 }}>
          <Group gap="xs">
            <Text fw={600}>
              <bdi>{name}</bdi>
            </Text>
            <StateBadge state={state} label={t(`invitationStates.${state}`)} />
            {mail?.state === 'FAILED' && <StateBadge state="FAILED" label={t('invitations.mailFailed')} />}
          </Group>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {email}
            {sentAt && ` · ${t('invitations.sentAt', { time: atMinute(sentAt) })}`}
            {state === 'PENDING' && ` · ${t('invitations.expiresAt', { time: atMinute(expiresAt) })}`}
          </Text>
          {mail?.error && <Text size="sm">{mail.error}</Text>}
        </div>
        <Group gap="xs">
          <HistoryButton objectId={id} name={name} />
          {isOpen && (
            <>
              <Button
                size="xs"
                variant="default"
                aria-label={t('invitations.revokeOf', { name })}
                onClick={() => setRevokes(true)}
              >
                {t('invitations.revoke')}
              </Button>
              <ActionButton
                size="xs"
                variant="default"
                aria-label={t('invitations.resendTo', { name })}
                loading={resend.busy}
                onClick={() => resend.run({ input: { invitationId: id } })}
              >
                {t('invitations.resend')}
              </ActionButton>
            </>
          )}
        </Group>
      </Group>
      <TroubleAlert trouble={resend.trouble} />
      {revokes && <RevokeDialog invitation={invitation} onClose={() => setRevokes(false)} />}
    </Card>
  );
}

function RevokeDialog(props: { invitation: InvitationFieldsFragment; onClose(): void }) {
  const { t } = useTranslation('partners');
  const revoke = useAction(RevokeInvitationDocument);
  const { id, name } = props.invitation;
  return (
    <FormDialog
      title={t('invitations.revoke')}
      submit={t('invitations.revoke')}
      dangerous
      action={revoke}
      onSubmit={() => revoke.run({ input: { invitationId: id } })}
      onClose={props.onClose}
    >
      <Text size="sm">
        <Trans t={t} i18nKey="invitations.revokeHint" values={{ name }} components={{ bdi: <bdi /> }} />
      </Text>
    </FormDialog>
  );
}

import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import {
  DeleteWebhookDocument,
  SendTestEventDocument,
  UpdateWebhookDocument,
  type WebhookFieldsFragment,
} from '../../../generated/graphql';
import { useAction } from '../../data/action';
import { ActionButton } from '../../parts/action-button';
import { TroubleAlert } from '../../parts/trouble';
import { ConfirmDialog } from '../confirm-dialog';
import { EditWebhookDialog } from './edit-webhook';
import { RotateSecretDialog } from './rotate-secret';

type Dialog = 'edit' | 'rotate' | 'disable' | 'delete';

/** Actions of a webhook: test, edit, rotate, disable or enable, delete. */
export function WebhookActions({ webhook }: { webhook: WebhookFieldsFragment }) {
  const { t } = useTranslation('automation');
  const [, navigate] = useLocation();
  const { id, url, version, state } = webhook;
  const test = useAction(SendTestEventDocument, 'WebhookDelivery');
  const update = useAction(UpdateWebhookDocument, 'WebhookDelivery');
  const remove = useAction(DeleteWebhookDocument, 'Webhook');
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [tested, setTested] = useState(false);
  const close = () => setDialog(null);
  const setState = (next: typeof state) =>
    update.run({ input: { webhookId: id, state: next, expectedVersion: version } });
  const isEnabled = state === 'ENABLED';
  return (
    <Stack gap="xs">
      <Group gap="xs">
        {isEnabled ? (
          <ActionButton
            loading={test.busy}
            onClick={async () => {
              setTested(false);
              setTested((await test.run({ input: { webhookId: id } })) !== null);
            }}
          >
            {t('webhooks.test')}
          </ActionButton>
        ) : (
          <ActionButton loading={update.busy} onClick={() => setState('ENABLED')}>
            {t('webhooks.enable')}
          </ActionButton>
        )}
        <Button variant="default" onClick={() => setDialog('edit')}>
          {t('webhooks.edit')}
        </Button>
        <Button variant="default" onClick={() => setDialog('rotate')}>
          {t('webhooks.rotate')}
        </Button>
        {isEnabled && (
          <Button variant="default" onClick={() => setDialog('disable')}>
            {t('webhooks.disable')}
          </Button>
        )}
        <Button variant="default" onClick={() => setDialog('delete')}>
          {t('webhooks.delete')}
        </Button>
      </Group>
      <Text size="sm" role="status">
        {tested && isEnabled && t('webhooks.tested')}
      </Text>
      <TroubleAlert trouble={test.trouble} />
      {dialog === null && <TroubleAlert trouble={update.trouble} />}
      {dialog === 'edit' && <EditWebhookDialog webhook={webhook} onClose={close} />}
      {dialog === 'rotate' && <RotateSecretDialog webhookId={id} onClose={close} />}
      {dialog === 'disable' && (
        <ConfirmDialog
          title={t('webhooks.disableTitle')}
          confirm={t('webhooks.disable')}
          action={update}
          onConfirm={async () => {
            if (await setState('DISABLED')) close();
          }}
          onClose={close}
        >
          {t('webhooks.disableText')}
        </ConfirmDialog>
      )}
      {dialog === 'delete' && (
        <ConfirmDialog
          title={t('webhooks.deleteTitle')}
          confirm={t('webhooks.delete')}
          action={remove}
          onConfirm={async () => {
            if (await remove.run({ input: { webhookId: id } })) navigate('/webhooks', { replace: true });
          }}
          onClose={close}
        >
          {t('webhooks.deleteText', { url })}
        </ConfirmDialog>
      )}
    </Stack>
  );
}

import { Button, Group, Modal, NumberInput, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RotateWebhookSecretDocument } from '../../../generated/graphql';
import { useAction } from '../../data/action';
import { ActionButton } from '../../parts/action-button';
import { fieldError, TroubleAlert } from '../../parts/trouble';
import { Secret } from '../secret';

/** Dialog that replaces the secret of a webhook, and then shows the new one once. */
export function RotateSecretDialog({ webhookId, onClose }: { webhookId: string; onClose(): void }) {
  const { t } = useTranslation('automation');
  const rotate = useAction(RotateWebhookSecretDocument);
  const [hours, setHours] = useState<string | number>(24);
  const [rotated, setRotated] = useState<{ secret: string | null } | null>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const payload = await rotate.run({ input: { webhookId, keepPreviousForHours: Number(hours) } });
    if (payload) setRotated(payload);
  };

  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      closeOnClickOutside={!rotated}
      title={t('webhooks.rotate')}
      closeButtonProps={{ 'aria-label': t('form.close') }}
    >
      {rotated ? (
        <Stack>
          <Secret label={t('webhooks.secret')} secret={rotated.secret}>
            <Text size="sm">{t('webhooks.secretUsage')}</Text>
          </Secret>
          <Group justify="flex-end">
            <Button onClick={onClose}>{t('form.done')}</Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={submit}>
          <Stack>
            <Text size="sm">{t('webhooks.rotateText')}</Text>
            <TroubleAlert trouble={rotate.trouble} fields={['keepPreviousForHours']} />
            <NumberInput
              label={t('webhooks.hours')}
              required
              min={0}
              max={168}
              allowDecimal={false}
              data-autofocus
              value={hours}
              error={fieldError(rotate.trouble, 'keepPreviousForHours')}
              onChange={setHours}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t('form.cancel')}
              </Button>
              <ActionButton type="submit" color="red.9" loading={rotate.busy}>
                {t('webhooks.rotate')}
              </ActionButton>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

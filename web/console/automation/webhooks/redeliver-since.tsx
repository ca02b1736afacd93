import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CombinedError, useClient } from 'urql';
import { RedeliverDocument, RedeliverSinceDocument } from '../../../generated/graphql';
import { sentence, useAction } from '../../data/action';
import { ActionButton } from '../../parts/action-button';
import { TroubleAlert } from '../../parts/trouble';
import { findStart, MAX_READ } from './find-start';

/** Dialog that sends all events of a webhook again whose deliveries were queued since a time. */
export function RedeliverSinceDialog(props: { webhookId: string; onDone(): void; onClose(): void }) {
  const { t } = useTranslation('automation');
  const { webhookId, onDone, onClose } = props;
  const client = useClient();
  const since = useAction(RedeliverSinceDocument, 'WebhookDelivery');
  const one = useAction(RedeliverDocument);
  const [time, setTime] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [searching, setSearching] = useState(false);

  const send = async (): Promise<string | null> => {
    const start = await findStart(client, webhookId, new Date(time).getTime());
    if (start === 'nothing') return t('deliveries.nothingSince');
    if (start === 'too many') return t('deliveries.tooMany', { count: MAX_READ });
    // No cursor precedes the first delivery of all, so it is repeated by itself.
    if (start.first && !(await one.run({ input: { deliveryId: start.first } }))) return null;
    if (await since.run({ input: { webhookId, after: start.after } })) onDone();
    return null;
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSearching(true);
    setProblem(await send().catch((error: CombinedError) => sentence(error)));
    setSearching(false);
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('deliveries.sinceTitle')}
      closeButtonProps={{ 'aria-label': t('form.close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">{t('deliveries.sinceText')}</Text>
          <TroubleAlert trouble={one.trouble} />
          <TroubleAlert trouble={since.trouble} />
          <TextInput
            type="datetime-local"
            label={t('deliveries.time')}
            required
            data-autofocus
            value={time}
            error={problem}
            onChange={event => {
              setProblem(null);
              setTime(event.currentTarget.value);
            }}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('form.cancel')}
            </Button>
            <ActionButton type="submit" loading={searching}>
              {t('deliveries.sinceSubmit')}
            </ActionButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

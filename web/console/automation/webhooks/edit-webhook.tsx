import { Button, Group, Modal, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { UpdateWebhookDocument, type WebhookFieldsFragment } from '../../../generated/graphql';
import { useAction } from '../../data/action';
import { ActionButton } from '../../parts/action-button';
import { TroubleAlert } from '../../parts/trouble';
import { WEBHOOK_FIELDS, WebhookFields, type WebhookValues } from './webhook-fields';

/** Dialog that changes the URL, the description and the event types of a webhook. */
export function EditWebhookDialog(props: { webhook: WebhookFieldsFragment; onClose(): void }) {
  const { t } = useTranslation('automation');
  const { id, version, url, description, eventTypes, everyAccount } = props.webhook;
  const update = useAction(UpdateWebhookDocument);
  const [values, setValues] = useState<WebhookValues>({ url, description: description ?? '', eventTypes });
  // The version that the dialog was opened with: a change of somebody else is not overwritten.
  const [expectedVersion] = useState(version);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = { ...values, description: values.description || null, webhookId: id, expectedVersion };
    if (await update.run({ input })) props.onClose();
  };

  return (
    <Modal
      opened
      size="lg"
      onClose={props.onClose}
      title={t('webhooks.editTitle')}
      closeButtonProps={{ 'aria-label': t('form.close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <TroubleAlert trouble={update.trouble} fields={WEBHOOK_FIELDS} />
          <WebhookFields
            values={values}
            everyAccount={everyAccount}
            trouble={update.trouble}
            onChange={setValues}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              {t('form.cancel')}
            </Button>
            <ActionButton type="submit" loading={update.busy}>
              {t('form.save')}
            </ActionButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

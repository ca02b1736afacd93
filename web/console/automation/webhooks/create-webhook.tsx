import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import {
  CreateWebhookDocument,
  type CreateWebhookMutation,
  WebhookOwnersDocument,
  type WebhookOwnersQuery,
} from '../../../generated/graphql';
import { useAction } from '../../data/action';
import { useIdempotencyKey } from '../../data/new-key';
import { ActionButton } from '../../parts/action-button';
import { type Choice, SearchSelect } from '../../parts/search-select';
import { fieldError, TroubleAlert } from '../../parts/trouble';
import { administrators } from '../../session/audience';
import { useViewer } from '../../session/viewer';
import { Secret } from '../secret';
import { WEBHOOK_FIELDS, WebhookFields, type WebhookValues } from './webhook-fields';

type Created = CreateWebhookMutation['createWebhook'];

/** Accounts as options. */
export const ownersOf = ({ accounts }: WebhookOwnersQuery) => ({
  choices: accounts.nodes.map(({ id, name }) => ({ value: id, label: name })),
  more: accounts.pageInfo.hasNextPage,
});

/** Dialog that creates a webhook, and then shows its secret once. */
export function CreateWebhookDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('automation');
  const [, navigate] = useLocation();
  const [created, setCreated] = useState<Created | null>(null);
  const finish = () => (created?.webhook ? navigate(`/webhooks/${created.webhook.id}`) : onClose());
  return (
    <Modal
      opened
      size="lg"
      onClose={created ? finish : onClose}
      // A click beside the dialog would lose the secret.
      closeOnClickOutside={!created}
      title={t('webhooks.create')}
      closeButtonProps={{ 'aria-label': t('form.close') }}
    >
      {created ? (
        <Stack>
          <Secret label={t('webhooks.secret')} secret={created.secret}>
            <Text size="sm">{t('webhooks.secretUsage')}</Text>
          </Secret>
          <Group justify="flex-end">
            <Button onClick={finish}>{t('form.done')}</Button>
          </Group>
        </Stack>
      ) : (
        <WebhookForm onCreated={setCreated} onClose={onClose} />
      )}
    </Modal>
  );
}

function WebhookForm(props: { onCreated(created: Created): void; onClose(): void }) {
  const { t } = useTranslation('automation');
  const isAdministrator = administrators(useViewer());
  const create = useAction(CreateWebhookDocument, 'Webhook');
  const keyFor = useIdempotencyKey();
  const [values, setValues] = useState<WebhookValues>({ url: '', description: '', eventTypes: [] });
  const [everyAccount, setEveryAccount] = useState(isAdministrator);
  const [owner, setOwner] = useState<Choice | null>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const what = {
      ...values,
      description: values.description || null,
      ...(isAdministrator && (everyAccount ? { everyAccount } : { accountId: owner?.value ?? null })),
    };
    const payload = await create.run({ input: { ...what, idempotencyKey: keyFor(what) } });
    if (payload) props.onCreated(payload);
  };

  return (
    <form onSubmit={submit}>
      <Stack>
        <TroubleAlert trouble={create.trouble} fields={[...WEBHOOK_FIELDS, 'accountId']} />
        <WebhookFields
          values={values}
          everyAccount={everyAccount}
          trouble={create.trouble}
          onChange={setValues}
        />
        {isAdministrator && (
          <Checkbox
            label={t('webhooks.everyAccount')}
            description={t('webhooks.everyAccountHint')}
            checked={everyAccount}
            onChange={event => {
              setEveryAccount(event.currentTarget.checked);
              // The two kinds of webhook select among different types.
              setValues({ ...values, eventTypes: [] });
            }}
          />
        )}
        {isAdministrator && !everyAccount && (
          <SearchSelect
            label={t('webhooks.owner')}
            placeholder={t('webhooks.ownerSearch')}
            required
            query={WebhookOwnersDocument}
            choicesOf={ownersOf}
            chosen={owner}
            onChoose={setOwner}
            error={fieldError(create.trouble, 'accountId')}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            {t('form.cancel')}
          </Button>
          <ActionButton type="submit" loading={create.busy}>
            {t('webhooks.submit')}
          </ActionButton>
        </Group>
      </Stack>
    </form>
  );
}

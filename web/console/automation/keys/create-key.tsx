import { Button, Checkbox, Code, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import {
  type ApiKeyScope,
  CreateApiKeyDocument,
  ResellersDocument,
  type ResellersQuery,
} from '../../../generated/graphql';
import { useAction } from '../../data/action';
import { useIdempotencyKey } from '../../data/new-key';
import { ActionButton } from '../../parts/action-button';
import { type Choice, SearchSelect } from '../../parts/search-select';
import { fieldError, TroubleAlert } from '../../parts/trouble';
import { administrators } from '../../session/audience';
import { useViewer } from '../../session/viewer';
import { Secret } from '../secret';
import { dayIn, endOf } from './days';
import { scopesOf } from './scopes';

/** Resellers as options. */
export const resellersOf = ({ accounts }: ResellersQuery) => ({
  choices: accounts.nodes.map(({ id, name }) => ({ value: id, label: name })),
  more: accounts.pageInfo.hasNextPage,
});

/** Dialog that creates a key, and then shows its secret once. */
export function CreateKeyDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('automation');
  const [created, setCreated] = useState<{ secret: string | null } | null>(null);
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      // A click beside the dialog would lose the secret.
      closeOnClickOutside={!created}
      title={t('keys.create')}
      closeButtonProps={{ 'aria-label': t('form.close') }}
    >
      {created ? (
        <Stack>
          <Secret label={t('keys.secret')} secret={created.secret}>
            <Text size="sm">
              <Trans t={t} i18nKey="keys.usage" components={{ code: <Code /> }} />
            </Text>
          </Secret>
          <Group justify="flex-end">
            <Button onClick={onClose}>{t('form.done')}</Button>
          </Group>
        </Stack>
      ) : (
        <KeyForm onCreated={setCreated} onClose={onClose} />
      )}
    </Modal>
  );
}

function KeyForm(props: { onCreated(created: { secret: string | null }): void; onClose(): void }) {
  const { t } = useTranslation('automation');
  const viewer = useViewer();
  const create = useAction(CreateApiKeyDocument, 'ApiKey');
  const keyFor = useIdempotencyKey();
  const [name, setName] = useState('');
  const [owner, setOwner] = useState<Choice | null>(null);
  const [scopes, setScopes] = useState<string[]>(['READ']);
  const [day, setDay] = useState(dayIn(365));
  const allowed = scopesOf(owner ? ['RESELLER'] : viewer.roles);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const what = {
      name,
      accountId: owner?.value ?? null,
      scopes: allowed.filter(scope => scopes.includes(scope)) as ApiKeyScope[],
      expiresAt: day ? endOf(day) : null,
    };
    const payload = await create.run({ input: { ...what, idempotencyKey: keyFor(what) } });
    if (payload) props.onCreated(payload);
  };

  return (
    <form onSubmit={submit}>
      <Stack>
        <TroubleAlert trouble={create.trouble} fields={['name', 'expiresAt', 'accountId']} />
        <TextInput
          label={t('keys.name')}
          required
          maxLength={100}
          data-autofocus
          value={name}
          error={fieldError(create.trouble, 'name')}
          onChange={event => setName(event.currentTarget.value)}
        />
        {administrators(viewer) && (
          <SearchSelect
            label={t('keys.owner')}
            placeholder={t('keys.ownerHint')}
            clearable
            query={ResellersDocument}
            choicesOf={resellersOf}
            chosen={owner}
            onChoose={setOwner}
            error={fieldError(create.trouble, 'accountId')}
          />
        )}
        <Checkbox.Group label={t('keys.scopes')} value={scopes} onChange={setScopes}>
          <Stack gap="xs" mt="xs">
            {allowed.map(scope => (
              <Checkbox
                key={scope}
                value={scope}
                label={t(`keys.scope.${scope}`)}
                description={t(`keys.scopeHint.${scope}`)}
                disabled={scope === 'READ'}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <TextInput
          type="date"
          label={t('keys.expires')}
          description={t('keys.expiresHint')}
          required
          min={dayIn(0)}
          max={dayIn(730)}
          value={day}
          error={fieldError(create.trouble, 'expiresAt')}
          onChange={event => setDay(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            {t('form.cancel')}
          </Button>
          <ActionButton type="submit" loading={create.busy}>
            {t('keys.submit')}
          </ActionButton>
        </Group>
      </Stack>
    </form>
  );
}

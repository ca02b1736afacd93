import { Alert, Card, Checkbox, Group, Select, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useLocation } from 'wouter';
import {
  CatalogProvidersDocument,
  ImportCatalogDocument,
  PreviewCatalogImportDocument,
  type PreviewCatalogImportMutation,
} from '../../generated/graphql';
import { useAction } from '../data/action';
import { ActionButton } from '../parts/action-button';
import { Page } from '../parts/page';
import { fieldError, TroubleAlert } from '../parts/trouble';
import { Changes } from './changes';
import { ImportHistory } from './import-history';

type Previewed = NonNullable<PreviewCatalogImportMutation['previewCatalogImport']['changes']>;

/** Page that imports the catalog of a provider: the preview first, which writes nothing. */
export function Imports() {
  const { t } = useTranslation('catalog');
  const [{ data }] = useQuery({ query: CatalogProvidersDocument });
  const preview = useAction(PreviewCatalogImportDocument);
  const [provider, setProvider] = useState<string | null>(null);
  const [changes, setChanges] = useState<Previewed | null>(null);
  const look = async () => {
    if (!provider) return;
    setChanges(null);
    const payload = await preview.run({ input: { provider } });
    setChanges(payload?.changes ?? null);
  };
  return (
    <Page title={t('imports.title')} lead={t('imports.lead')}>
      <Stack gap="lg">
        <Card withBorder padding="lg">
          <Stack>
            <Group align="flex-end" gap="sm">
              <Select
                allowDeselect={false}
                label={t('imports.provider')}
                placeholder={t('imports.choose')}
                data={(data?.providers ?? []).map(({ name }) => name)}
                value={provider}
                error={fieldError(preview.trouble, 'provider')}
                onChange={value => {
                  setProvider(value);
                  setChanges(null);
                  preview.forget();
                }}
                style={{ flex: '1 1 220px' }}
                maw={400}
              />
              <ActionButton disabled={!provider} loading={preview.busy} onClick={look}>
                {t('imports.preview')}
              </ActionButton>
            </Group>
            <TroubleAlert trouble={preview.trouble} fields={['provider']} />
          </Stack>
        </Card>
        {changes && provider && <Preview provider={provider} changes={changes} />}
        <ImportHistory />
      </Stack>
    </Page>
  );
}

/** Previewed changes, with the button that makes them. */
function Preview({ provider, changes }: { provider: string; changes: Previewed }) {
  const { t } = useTranslation('catalog');
  const [, navigate] = useLocation();
  const run = useAction(ImportCatalogDocument, 'CatalogImport Product Addon Service Category');
  const [accepted, setAccepted] = useState(false);
  const rejected = changes.filter(({ kind }) => kind === 'REJECT').length;
  const apply = async () => {
    const payload = await run.run({ input: { provider } });
    if (payload?.catalogImport) navigate(`/catalog/imports/${payload.catalogImport.id}`);
  };
  return (
    <Card withBorder padding="lg" component="section" aria-label={t('imports.previewed')}>
      <Stack>
        <Title order={2} size="h4">
          {t('imports.previewed')}
        </Title>
        <Text role="status" size="sm">
          {t(changes.length === 0 ? 'imports.nothing' : 'imports.notWritten')}
        </Text>
        {rejected > 0 && (
          <Alert color="red" role="alert" title={t('imports.rejected', { count: rejected })}>
            <Stack gap="xs">
              <Text size="sm">{t('imports.rejectedHint')}</Text>
              <Checkbox
                label={t('imports.without')}
                checked={accepted}
                onChange={event => setAccepted(event.currentTarget.checked)}
              />
            </Stack>
          </Alert>
        )}
        <Changes changes={changes} />
        <TroubleAlert trouble={run.trouble} />
        {changes.length > 0 && (
          <Group justify="flex-end">
            <ActionButton disabled={rejected > 0 && !accepted} loading={run.busy} onClick={apply}>
              {t('imports.run')}
            </ActionButton>
          </Group>
        )}
      </Stack>
    </Card>
  );
}

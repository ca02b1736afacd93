import { Anchor, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { type CatalogImportFieldsFragment, CatalogImportsDocument } from '../../generated/graphql';
import { atMinute } from '../parts/format';
import { Failed, StateBadge, Waiting } from '../parts/states';

const TYPES = { additionalTypenames: ['CatalogImport'] };
/** Pause between reads while an import runs. The stream does not report its progress. */
const POLL_MS = 2000;

/** Latest imports with their progress. */
export function ImportHistory() {
  const { t } = useTranslation('catalog');
  const [{ data, error }, read] = useQuery({ query: CatalogImportsDocument, context: TYPES });
  const imports = data?.catalogImports ?? [];
  const running = imports.some(({ state }) => state === 'RUNNING');
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => read({ requestPolicy: 'network-only' }), POLL_MS);
    return () => clearInterval(timer);
  }, [running, read]);
  return (
    <Card withBorder padding="lg" component="section" aria-label={t('imports.history')}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {t('imports.history')}
        </Title>
        {!data && (error ? <Failed error={error} /> : <Waiting rows={2} />)}
        {data && imports.length === 0 && <Text c="dimmed">{t('imports.noHistory')}</Text>}
        {imports.map(each => (
          <Group key={each.id} justify="space-between" gap="xs">
            <div>
              <Anchor component={Link} href={`/catalog/imports/${each.id}`}>
                {each.provider}, {atMinute(each.startedAt)}
              </Anchor>
              <ImportProgress of={each} />
            </div>
            <StateBadge state={each.state} />
          </Group>
        ))}
      </Stack>
    </Card>
  );
}

/** Progress of an import, who started it, and the reason for its failure. */
export function ImportProgress({ of }: { of: CatalogImportFieldsFragment }) {
  const { t } = useTranslation('catalog');
  const { done, total, startedBy, error } = of;
  return (
    <Text size="sm" c="dimmed">
      {t('imports.progress', { done, count: total })}
      {' · '}
      {startedBy ? <bdi>{startedBy.name}</bdi> : t('imports.byCommand')}
      {error && ` · ${error}`}
    </Text>
  );
}

import { Anchor, Card, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { CatalogImportDocument } from '../../generated/graphql';
import { History } from '../history/history';
import { atMinute } from '../parts/format';
import { Page } from '../parts/page';
import { Empty, Failed, StateBadge, Waiting } from '../parts/states';
import { Changes } from './changes';
import { ImportProgress } from './import-history';

/** Page of a catalog import with its changes. */
export function ImportPage({ id }: { id: string }) {
  const { t } = useTranslation('catalog');
  const [{ data, error }] = useQuery({ query: CatalogImportDocument, variables: { id } });
  const found = data?.node?.__typename === 'CatalogImport' ? data.node : null;
  return (
    <Page
      title={
        found
          ? t('imports.one', { provider: found.provider, at: atMinute(found.startedAt) })
          : t('imports.title')
      }
      lead={found && <ImportProgress of={found} />}
      aside={found && <StateBadge state={found.state} />}
    >
      {!data && (error ? <Failed error={error} /> : <Waiting />)}
      {data && !found && <Empty title={t('imports.missing')} />}
      {found && (
        <Card withBorder padding="lg">
          <Stack>
            {found.changes.length === 0 && <Text>{t('imports.nothing')}</Text>}
            <Changes changes={found.changes} />
          </Stack>
        </Card>
      )}
      {found && <History objectId={found.id} />}
      <Anchor component={Link} href="/catalog/imports">
        {t('imports.back')}
      </Anchor>
    </Page>
  );
}

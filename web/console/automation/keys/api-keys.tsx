import { Box, Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApiKeyFieldsFragment, ApiKeysDocument, ResellersDocument } from '../../../generated/graphql';
import { RowActions } from '../../history/row-actions';
import { atMinute, onDay } from '../../parts/format';
import { type Column, DataList } from '../../parts/list';
import { useListState } from '../../parts/list-state';
import { Page } from '../../parts/page';
import { Empty, StateBadge } from '../../parts/states';
import { administrators } from '../../session/audience';
import { useViewer } from '../../session/viewer';
import { NoMatches } from '../no-matches';
import { RecordFilter } from '../record-filter';
import { CreateKeyDialog, resellersOf } from './create-key';
import { stateOf } from './key-state';
import { RevokeKey } from './revoke-key';

/** Page of the API keys that the viewer sees. */
export function ApiKeys() {
  const { t } = useTranslation('automation');
  const isAdministrator = administrators(useViewer());
  const account = useListState().read('account');
  const [creates, setCreates] = useState(false);
  return (
    <Page
      title={t('keys.title')}
      lead={t('keys.lead')}
      aside={<Button onClick={() => setCreates(true)}>{t('keys.create')}</Button>}
    >
      {isAdministrator && (
        <Box maw={360}>
          <RecordFilter
            name="account"
            label={t('keys.ownerFilter')}
            placeholder={t('keys.search')}
            query={ResellersDocument}
            choicesOf={resellersOf}
          />
        </Box>
      )}
      <DataList
        name="apiKeys"
        label={t('keys.title')}
        query={ApiKeysDocument}
        variables={{ accountId: account || null }}
        connection={data => data.apiKeys}
        typenames="ApiKey"
        columns={useColumns()}
        filters={[]}
        rowActions={row => (
          <RowActions objectId={row.id} name={row.name}>
            <RevokeKey apiKey={row} />
          </RowActions>
        )}
        empty={account ? <NoMatches /> : <Empty title={t('keys.empty')}>{t('keys.emptyHint')}</Empty>}
      />
      {creates && <CreateKeyDialog onClose={() => setCreates(false)} />}
    </Page>
  );
}

function useColumns(): readonly Column<ApiKeyFieldsFragment>[] {
  const { t } = useTranslation('automation');
  const scopesOf = ({ scopes }: ApiKeyFieldsFragment) =>
    scopes.map(scope => t(`keys.scope.${scope}`)).join(', ');
  const ownerOf = ({ account }: ApiKeyFieldsFragment) => account?.name ?? t('keys.staff');
  const usedOf = ({ lastUsedAt }: ApiKeyFieldsFragment) =>
    lastUsedAt ? atMinute(lastUsedAt) : t('form.never');
  return [
    {
      id: 'name',
      header: t('keys.nameColumn'),
      cell: row => <bdi>{row.name}</bdi>,
      text: row => row.name,
      narrow: true,
    },
    {
      id: 'state',
      header: t('keys.state'),
      cell: row => <StateBadge state={stateOf(row)} label={t(`keys.states.${stateOf(row)}`)} />,
      text: row => t(`keys.states.${stateOf(row)}`),
      narrow: true,
    },
    { id: 'scopes', header: t('keys.scopes'), cell: scopesOf, text: scopesOf },
    { id: 'account', header: t('keys.account'), cell: row => <bdi>{ownerOf(row)}</bdi>, text: ownerOf },
    {
      id: 'createdBy',
      header: t('keys.createdBy'),
      cell: row => <bdi>{row.createdBy.name}</bdi>,
      text: row => row.createdBy.name,
    },
    {
      id: 'createdAt',
      header: t('keys.created'),
      cell: row => onDay(row.createdAt),
      text: row => row.createdAt,
      optional: true,
    },
    { id: 'lastUsedAt', header: t('keys.used'), cell: usedOf, text: row => row.lastUsedAt ?? '' },
    {
      id: 'expiresAt',
      header: t('keys.expires'),
      cell: row => onDay(row.expiresAt),
      text: row => row.expiresAt,
    },
  ];
}

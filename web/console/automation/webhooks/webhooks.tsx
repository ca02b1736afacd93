import { Box, Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type WebhookFieldsFragment,
  WebhookOwnersDocument,
  WebhooksDocument,
} from '../../../generated/graphql';
import { atMinute, onDay } from '../../parts/format';
import { type Column, DataList } from '../../parts/list';
import { useListState } from '../../parts/list-state';
import { Page } from '../../parts/page';
import { Empty, StateBadge } from '../../parts/states';
import { administrators } from '../../session/audience';
import { useViewer } from '../../session/viewer';
import { NoMatches } from '../no-matches';
import { RecordFilter } from '../record-filter';
import { CreateWebhookDialog, ownersOf } from './create-webhook';

/** Page of the webhooks that the viewer sees. */
export function Webhooks() {
  const { t } = useTranslation('automation');
  const isAdministrator = administrators(useViewer());
  const account = useListState().read('account');
  const [creates, setCreates] = useState(false);
  return (
    <Page
      title={t('webhooks.title')}
      lead={t('webhooks.lead')}
      aside={<Button onClick={() => setCreates(true)}>{t('webhooks.create')}</Button>}
    >
      {isAdministrator && (
        <Box maw={360}>
          <RecordFilter
            name="account"
            label={t('webhooks.owner')}
            placeholder={t('webhooks.ownerSearch')}
            query={WebhookOwnersDocument}
            choicesOf={ownersOf}
          />
        </Box>
      )}
      <DataList
        name="webhooks"
        label={t('webhooks.title')}
        query={WebhooksDocument}
        variables={{ accountId: account || null }}
        connection={data => data.webhooks}
        typenames="Webhook"
        columns={useColumns()}
        filters={[]}
        href={row => `/webhooks/${row.id}`}
        empty={account ? <NoMatches /> : <Empty title={t('webhooks.empty')}>{t('webhooks.emptyHint')}</Empty>}
      />
      {creates && <CreateWebhookDialog onClose={() => setCreates(false)} />}
    </Page>
  );
}

function useColumns(): readonly Column<WebhookFieldsFragment>[] {
  const { t } = useTranslation('automation');
  const ownerOf = ({ account }: WebhookFieldsFragment) => account?.name ?? t('webhooks.everyAccount');
  const typesOf = ({ eventTypes }: WebhookFieldsFragment) => eventTypes.join(', ') || t('webhooks.allTypes');
  return [
    { id: 'url', header: t('webhooks.url'), cell: row => row.url, text: row => row.url, narrow: true },
    {
      id: 'state',
      header: t('webhooks.state'),
      cell: row => <StateBadge state={row.state} label={t(`webhooks.states.${row.state}`)} />,
      text: row => t(`webhooks.states.${row.state}`),
      narrow: true,
    },
    { id: 'account', header: t('webhooks.owner'), cell: row => <bdi>{ownerOf(row)}</bdi>, text: ownerOf },
    {
      id: 'description',
      header: t('webhooks.descriptionColumn'),
      cell: row => <bdi>{row.description}</bdi>,
      text: row => row.description ?? '',
    },
    { id: 'eventTypes', header: t('webhooks.types'), cell: typesOf, text: typesOf },
    {
      id: 'failingSince',
      header: t('webhooks.failing'),
      cell: row => row.failingSince && atMinute(row.failingSince),
      text: row => row.failingSince ?? '',
    },
    {
      id: 'createdAt',
      header: t('webhooks.created'),
      cell: row => onDay(row.createdAt),
      text: row => row.createdAt,
      optional: true,
    },
  ];
}

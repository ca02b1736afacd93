import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type DeliveryFieldsFragment,
  WebhookDeliveriesDocument,
  type WebhookDeliveryState,
  type WebhookFieldsFragment,
} from '../../../generated/graphql';
import { RowActions } from '../../history/row-actions';
import { atMoment } from '../../parts/format';
import { type Column, DataList, type Filter, valuesOf } from '../../parts/list';
import { useListState } from '../../parts/list-state';
import { Empty, StateBadge } from '../../parts/states';
import { EVERY_MS } from './every';
import { Redeliver } from './redeliver';
import { RedeliverSinceDialog } from './redeliver-since';

const STATES: readonly WebhookDeliveryState[] = ['PENDING', 'DELIVERED', 'FAILED', 'WITHHELD'];

/** Deliveries of a webhook, newest first, which can be repeated. */
export function Deliveries({ webhook }: { webhook: WebhookFieldsFragment }) {
  const { t } = useTranslation('automation');
  const states = valuesOf<WebhookDeliveryState>(useListState().read('state'));
  const [dialog, setDialog] = useState(false);
  const [done, setDone] = useState(false);
  const blocked = webhook.state !== 'ENABLED';
  const options = STATES.map(value => ({ value, label: t(`deliveries.states.${value}`) }));
  const filters: Filter[] = [{ kind: 'multiselect', name: 'state', label: t('deliveries.state'), options }];
  return (
    <>
      <Group gap="sm">
        <Button
          variant="default"
          disabled={blocked}
          {...(blocked && { title: t('deliveries.disabled') })}
          onClick={() => setDialog(true)}
        >
          {t('deliveries.since')}
        </Button>
        <Text size="sm" role="status">
          {done && !blocked && t('deliveries.sinceDone')}
        </Text>
      </Group>
      <DataList
        name="deliveries"
        label={t('deliveries.title')}
        query={WebhookDeliveriesDocument}
        variables={{ webhookId: webhook.id, states }}
        connection={data => data.webhookDeliveries}
        typenames="WebhookDelivery"
        everyMs={EVERY_MS}
        columns={useColumns()}
        filters={filters}
        rowActions={row => (
          <RowActions
            objectId={row.id}
            name={t('deliveries.named', { type: row.eventType, at: atMoment(row.createdAt) })}
          >
            <Redeliver delivery={row} blocked={blocked} />
          </RowActions>
        )}
        empty={<Empty title={t('deliveries.empty')}>{t('deliveries.emptyHint')}</Empty>}
      />
      {dialog && (
        <RedeliverSinceDialog
          webhookId={webhook.id}
          onDone={() => {
            setDialog(false);
            setDone(true);
          }}
          onClose={() => setDialog(false)}
        />
      )}
    </>
  );
}

const moment = (at: string | null) => (at ? atMoment(at) : '');

function useColumns(): readonly Column<DeliveryFieldsFragment>[] {
  const { t } = useTranslation('automation');
  return [
    {
      id: 'eventType',
      header: t('deliveries.type'),
      cell: row => row.eventType,
      text: row => row.eventType,
      narrow: true,
    },
    {
      id: 'state',
      header: t('deliveries.state'),
      cell: row => <StateBadge state={row.state} label={t(`deliveries.states.${row.state}`)} />,
      text: row => t(`deliveries.states.${row.state}`),
      narrow: true,
    },
    {
      id: 'createdAt',
      header: t('deliveries.queued'),
      cell: row => atMoment(row.createdAt),
      text: row => row.createdAt,
    },
    {
      id: 'attempts',
      header: t('deliveries.attempts'),
      cell: row => row.attempts,
      text: row => String(row.attempts),
      align: 'right',
    },
    {
      id: 'responseStatus',
      header: t('deliveries.response'),
      cell: row => row.responseStatus,
      text: row => String(row.responseStatus ?? ''),
      align: 'right',
    },
    { id: 'error', header: t('deliveries.error'), cell: row => row.error, text: row => row.error ?? '' },
    {
      id: 'nextAttemptAt',
      header: t('deliveries.next'),
      cell: row => moment(row.nextAttemptAt),
      text: row => row.nextAttemptAt ?? '',
    },
    {
      id: 'firstAttemptAt',
      header: t('deliveries.first'),
      cell: row => moment(row.firstAttemptAt),
      text: row => row.firstAttemptAt ?? '',
      optional: true,
    },
    {
      id: 'deliveredAt',
      header: t('deliveries.delivered'),
      cell: row => moment(row.deliveredAt),
      text: row => row.deliveredAt ?? '',
      optional: true,
    },
    { id: 'id', header: t('deliveries.id'), cell: row => row.id, text: row => row.id, optional: true },
  ];
}

import { SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import {
  AuditObjectsDocument,
  type AuditObjectsQuery,
  AuditTrailDocument,
  AuditUsersDocument,
  type AuditUsersQuery,
  EventTypesDocument,
} from '../../generated/graphql';
import { NoMatches } from '../automation/no-matches';
import { RecordFilter } from '../automation/record-filter';
import { DataList, type Filter, rangeOf, valuesOf } from '../parts/list';
import { useListState } from '../parts/list-state';
import { Page } from '../parts/page';
import { useAuditColumns } from './audit-columns';
import { useEventName } from './event-name';

const usersOf = ({ users }: AuditUsersQuery) => ({
  choices: users.nodes.map(({ id, name }) => ({ value: id, label: name })),
  more: users.pageInfo.hasNextPage,
});

const objectsOf = ({ accounts, orders, subscriptions }: AuditObjectsQuery) => ({
  choices: [
    ...accounts.nodes.map(({ id, name }) => ({ value: id, label: name })),
    ...orders.nodes.map(({ id, number }) => ({ value: id, label: number })),
    ...subscriptions.nodes.map(({ id, friendlyName }) => ({ value: id, label: friendlyName })),
  ],
  more: [accounts, orders, subscriptions].some(({ pageInfo }) => pageInfo.hasNextPage),
});

/** Page of the audit trail. */
export function AuditPage() {
  const { t } = useTranslation('automation');
  const list = useListState();
  const time = rangeOf(list.read('time'));
  const filter = {
    types: valuesOf(list.read('action')),
    since: time?.from ?? null,
    until: time?.until ?? null,
    userId: list.read('user') || null,
    objectId: list.read('object') || null,
  };
  return (
    <Page title={t('audit.title')} lead={t('audit.lead')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} maw={720} style={{ alignItems: 'end' }}>
        <RecordFilter
          name="user"
          label={t('audit.userLabel')}
          placeholder={t('audit.userHint')}
          query={AuditUsersDocument}
          choicesOf={usersOf}
        />
        <RecordFilter
          name="object"
          label={t('audit.object')}
          placeholder={t('audit.objectHint')}
          query={AuditObjectsDocument}
          choicesOf={objectsOf}
        />
      </SimpleGrid>
      <DataList
        name="audit"
        label={t('audit.title')}
        query={AuditTrailDocument}
        variables={{ filter }}
        connection={data => data.auditTrail}
        typenames="AuditEntry"
        columns={useAuditColumns()}
        filters={useFilters()}
        empty={<NoMatches />}
      />
    </Page>
  );
}

function useFilters(): readonly Filter[] {
  const { t } = useTranslation('automation');
  const nameOf = useEventName();
  const [{ data }] = useQuery({ query: EventTypesDocument });
  const options = data?.eventTypes.map(({ name }) => ({ value: name, label: nameOf(name) })) ?? [];
  return [
    { kind: 'multiselect', name: 'action', label: t('audit.action'), options },
    { kind: 'dates', name: 'time', label: t('audit.time') },
  ];
}

import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { type AccountKind, type AccountSummaryFragment, CustomersDocument } from '../../generated/graphql';
import { onDay } from '../parts/format';
import { type Column, DataList, type Filter, valuesOf } from '../parts/list';
import { useListState } from '../parts/list-state';
import { Page } from '../parts/page';
import { Empty } from '../parts/states';
import { staff } from '../session/audience';
import { useViewer } from '../session/viewer';
import { AccountNote } from './account-note';
import { ActiveBadge } from './active-badge';
import { booleanOf } from './boolean-of';
import { placeOf } from './rights';

const KINDS: readonly AccountKind[] = ['CUSTOMER', 'AFFILIATE', 'RESELLER'];

/** Page of the accounts that the viewer manages, or orders for. */
export function Customers() {
  const { t } = useTranslation('partners');
  const list = useListState();
  const isStaff = staff(useViewer());
  const columns = useColumns(isStaff);
  const filter = {
    search: list.read('search') || null,
    kinds: valuesOf<AccountKind>(list.read('kinds')),
    active: booleanOf(list.read('active')),
    externalReference: list.read('reference') || null,
    unmanaged: booleanOf(list.read('unmanaged')),
    resellerId: list.read('reseller') || null,
  };
  return (
    <Page
      title={t('customers.title')}
      lead={isStaff ? t('customers.leadStaff') : t('customers.leadReseller')}
      aside={
        <Button component={Link} href="/customers/new">
          {t('customers.create')}
        </Button>
      }
    >
      <AccountNote parameter="reseller" />
      <DataList
        name="customers"
        label={t('customers.title')}
        query={CustomersDocument}
        variables={{ filter }}
        connection={data => data.accounts}
        typenames="Account"
        columns={columns}
        filters={useFilters(isStaff)}
        href={({ id }) => `/customers/${id}`}
        empty={<Empty title={t('customers.none')}>{t('customers.noneHint')}</Empty>}
      />
    </Page>
  );
}

function useFilters(isStaff: boolean): readonly Filter[] {
  const { t } = useTranslation('partners');
  const kinds = isStaff ? KINDS : KINDS.filter(kind => kind !== 'RESELLER');
  return [
    { kind: 'search', name: 'search', label: t('customers.search') },
    {
      kind: 'multiselect',
      name: 'kinds',
      label: t('account.kind'),
      options: kinds.map(value => ({ value, label: t(`kinds.${value}`) })),
    },
    {
      kind: 'select',
      name: 'active',
      label: t('state'),
      options: [
        { value: 'true', label: t('active') },
        { value: 'false', label: t('deactivated') },
      ],
    },
    { kind: 'text', name: 'reference', label: t('account.reference') },
    ...(isStaff
      ? [
          {
            kind: 'select' as const,
            name: 'unmanaged',
            label: t('account.manager'),
            options: [
              { value: 'true', label: t('customers.unmanaged') },
              { value: 'false', label: t('customers.managed') },
            ],
          },
        ]
      : []),
  ];
}

function useColumns(isStaff: boolean): readonly Column<AccountSummaryFragment>[] {
  const { t } = useTranslation('partners');
  const forStaff: Column<AccountSummaryFragment>[] = [
    {
      id: 'reseller',
      header: t('account.reseller'),
      cell: ({ reseller }) => (reseller ? <bdi>{reseller.name}</bdi> : '–'),
      text: ({ reseller }) => reseller?.name ?? '',
    },
    {
      id: 'manager',
      header: t('account.manager'),
      cell: ({ accountManager }) => (accountManager ? <bdi>{accountManager.name}</bdi> : '–'),
      text: ({ accountManager }) => accountManager?.name ?? '',
    },
  ];
  return [
    {
      id: 'name',
      header: t('account.name'),
      sort: 'NAME',
      narrow: true,
      cell: ({ name }) => <bdi>{name}</bdi>,
      text: ({ name }) => name,
    },
    {
      id: 'kind',
      header: t('account.kind'),
      cell: account => t(`places.${placeOf(account)}.name`),
      text: account => t(`places.${placeOf(account)}.name`),
    },
    ...(isStaff ? forStaff : []),
    {
      id: 'reference',
      header: t('account.reference'),
      optional: true,
      cell: ({ externalReference }) => externalReference,
      text: ({ externalReference }) => externalReference ?? '',
    },
    {
      id: 'state',
      header: t('state'),
      narrow: true,
      cell: ({ active }) => <ActiveBadge active={active} />,
      text: ({ active }) => (active ? t('active') : t('deactivated')),
    },
    {
      id: 'email',
      header: t('account.email'),
      cell: ({ email }) => email,
      text: ({ email }) => email,
    },
    {
      id: 'created',
      header: t('account.createdAt'),
      sort: 'CREATED_AT',
      cell: ({ createdAt }) => onDay(createdAt),
      text: ({ createdAt }) => createdAt,
    },
  ];
}

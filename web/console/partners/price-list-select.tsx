import { Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { AccountPriceListsDocument } from '../../generated/graphql';

interface PriceListSelectProps {
  /** Id of the price list. Null for the public one. */
  value: string | null;
  onChange(id: string | null): void;
  error?: ReactNode;
}

/** Choice of a price list. Administrators only. */
export function PriceListSelect({ value, onChange, error }: PriceListSelectProps) {
  const { t } = useTranslation('partners');
  const [{ data }] = useQuery({ query: AccountPriceListsDocument });
  const lists = data?.priceLists.nodes ?? [];
  const isPublic = lists.find(({ isDefault }) => isDefault)?.id ?? null;
  return (
    <Select
      label={t('account.priceList')}
      placeholder={t('account.publicList')}
      allowDeselect={false}
      data={lists.map(({ id, code, currency }) => ({ value: id, label: `${code} (${currency})` }))}
      value={value ?? isPublic}
      error={error}
      onChange={id => onChange(id === isPublic ? null : id)}
    />
  );
}

import { Card, Select, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { CatalogPriceListsDocument, type ListedPriceFieldsFragment } from '../../generated/graphql';
import { Failed, Waiting } from '../parts/states';
import { ListPrices } from './list-prices';

/** Maximum number of price lists to choose from. */
const MOST_LISTS = 100;

/** Prices of a product or an add-on on the price lists. Other lists can be chosen. */
export function Prices(props: { itemId: string; prices: readonly ListedPriceFieldsFragment[] }) {
  const { t } = useTranslation('catalog');
  const [{ data, error }] = useQuery({
    query: CatalogPriceListsDocument,
    variables: { forward: MOST_LISTS },
  });
  const [opened, setOpened] = useState<readonly string[]>([]);
  const lists = data?.priceLists.nodes ?? [];
  const pricesOn = (id: string) => props.prices.filter(({ priceList }) => priceList.id === id);
  const isShown = ({ id, isDefault }: { id: string; isDefault: boolean }) =>
    isDefault || opened.includes(id) || pricesOn(id).length > 0;
  const others = lists.filter(list => !isShown(list));
  const currency = lists.find(({ isDefault }) => isDefault)?.currency;

  return (
    <Card withBorder padding="lg" component="section" aria-label={t('prices.title')}>
      <Stack>
        <div>
          <Title order={2} size="h4">
            {t('prices.title')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('prices.effect')}
          </Text>
        </div>
        {!data && (error ? <Failed error={error} /> : <Waiting rows={2} />)}
        {lists.filter(isShown).map(list => (
          <ListPrices
            key={list.id}
            itemId={props.itemId}
            list={list}
            prices={pricesOn(list.id)}
            hasFallback={!list.isDefault && list.currency === currency}
          />
        ))}
        {others.length > 0 && (
          <Select
            label={t('prices.otherList')}
            placeholder={t('prices.chooseList')}
            searchable
            data={others.map(({ id, code, currency: of }) => ({ value: id, label: `${code} (${of})` }))}
            value={null}
            nothingFoundMessage={t('noMatches')}
            onChange={id => id && setOpened([...opened, id])}
          />
        )}
      </Stack>
    </Card>
  );
}

import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { BillingCycle, ListedPriceFieldsFragment } from '../../generated/graphql';
import { atMinute, cycle as cycleNames, money } from '../parts/format';
import { PriceDialog } from './price-dialog';

/** Billing cycles, shortest first. */
export const CYCLES: readonly BillingCycle[] = ['MONTHLY', 'ANNUALLY', 'TWO_YEARS', 'THREE_YEARS'];

/** Price list as its prices need it. */
export interface NamedList {
  readonly id: string;
  readonly code: string;
  readonly currency: string;
}

interface ListPricesProps {
  itemId: string;
  list: NamedList;
  prices: readonly ListedPriceFieldsFragment[];
  /** Whether the public prices apply while the list has none. */
  hasFallback: boolean;
}

/** Prices of an item on one list, one for each billing cycle. */
export function ListPrices({ itemId, list, prices, hasFallback }: ListPricesProps) {
  const { t } = useTranslation('catalog');
  const [edited, setEdited] = useState<BillingCycle | null>(null);
  const priceIn = (cycle: BillingCycle) => prices.find(({ billingCycle }) => billingCycle === cycle);
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        <bdi>{list.code}</bdi> ({list.currency})
      </Title>
      {prices.length === 0 && hasFallback && (
        <Text size="sm" c="dimmed">
          {t('prices.fallback')}
        </Text>
      )}
      {CYCLES.map(cycle => (
        <PriceRow
          key={cycle}
          name={t('prices.of', { cycle: cycleNames(cycle).name, list: list.code })}
          cycle={cycle}
          price={priceIn(cycle)}
          past={`/catalog/prices/${itemId}/${list.id}/${cycle}`}
          onEdit={() => setEdited(cycle)}
        />
      ))}
      {edited && (
        <PriceDialog
          itemId={itemId}
          list={list}
          cycle={edited}
          price={priceIn(edited)}
          onClose={() => setEdited(null)}
        />
      )}
    </Stack>
  );
}

interface PriceRowProps {
  /** Accessible name of the price. */
  name: string;
  cycle: BillingCycle;
  price: ListedPriceFieldsFragment | undefined;
  /** Address of the past prices. */
  past: string;
  onEdit(): void;
}

function PriceRow({ name, cycle, price, past, onEdit }: PriceRowProps) {
  const { t } = useTranslation('catalog');
  return (
    <Group justify="space-between" gap="xs" role="group" aria-label={name}>
      <div>
        <Text>
          {cycleNames(cycle).name}: <b>{price ? money(price.unitPrice) : t('prices.notSold')}</b>
        </Text>
        {price?.validFrom && (
          <Text size="sm" c="dimmed">
            {t('prices.since', { at: atMinute(price.validFrom) })}
            {price.setBy && (
              <>
                {' · '}
                <bdi>{price.setBy.name}</bdi>
              </>
            )}
          </Text>
        )}
      </div>
      <Group gap={4}>
        <Button
          component={Link}
          href={past}
          variant="subtle"
          size="xs"
          aria-label={t('prices.pastOf', { name })}
        >
          {t('prices.past')}
        </Button>
        <Button
          variant="default"
          size="xs"
          aria-label={t(price ? 'prices.changeOf' : 'prices.setOf', { name })}
          onClick={onEdit}
        >
          {t(price ? 'prices.change' : 'prices.set')}
        </Button>
      </Group>
    </Group>
  );
}
